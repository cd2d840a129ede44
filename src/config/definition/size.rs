//! A task's `cpu` and `memory`: their formats, and the sizes that Fargate offers.

use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// The memory sizes, in MiB, available with a number of CPU units.
enum FargateMemory {
    OneOf(&'static [u32]),
    Steps { from: u32, to: u32, step: u32 },
}

const fn steps(from: u32, to: u32, step: u32) -> FargateMemory {
    FargateMemory::Steps { from, to, step }
}

/// The CPU units and memory sizes that Fargate offers.
/// "Amazon ECS task definition differences for Fargate", section "Task CPU and memory".
const FARGATE: [(u32, FargateMemory); 7] = [
    (256, FargateMemory::OneOf(&[512, 1024, 2048])),
    (512, steps(1024, 4096, 1024)),
    (1024, steps(2048, 8192, 1024)),
    (2048, steps(4096, 16_384, 1024)),
    (4096, steps(8192, 30_720, 1024)),
    (8192, steps(16_384, 61_440, 4096)),
    (16_384, steps(32_768, 122_880, 8192)),
];

impl FargateMemory {
    fn has(&self, mib: u32) -> bool {
        match *self {
            FargateMemory::OneOf(list) => list.contains(&mib),
            FargateMemory::Steps { from, to, step } => {
                (from..=to).contains(&mib) && (mib - from).is_multiple_of(step)
            }
        }
    }

    /// Returns the smallest size of at least this many MiB.
    fn at_least(&self, mib: u32) -> Option<u32> {
        match *self {
            FargateMemory::OneOf(list) => list.iter().copied().find(|size| *size >= mib),
            FargateMemory::Steps { from, to, step } => {
                let above = mib.max(from) - from;
                Some(from + above.div_ceil(step) * step).filter(|size| *size <= to)
            }
        }
    }

    /// Formats the sizes: `512, 1024 or 2048`.
    fn choices(&self) -> String {
        match self {
            FargateMemory::Steps { from, to, step } => format!("{from} to {to} in steps of {step}"),
            FargateMemory::OneOf(list) => {
                let all: Vec<String> = list.iter().map(u32::to_string).collect();
                match all.split_last() {
                    Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
                    None => String::new(),
                }
            }
        }
    }
}

/// Returns the smallest task of Fargate, in CPU units and MiB, with at least these; None if there is none.
pub fn smallest_fargate_size(units: u32, mib: u32) -> Option<(u32, u32)> {
    let large_enough = FARGATE.iter().filter(|(cpu, _)| *cpu >= units);
    large_enough
        .filter_map(|(cpu, memory)| Some((*cpu, memory.at_least(mib)?)))
        .next()
}

/// Parses CPU units: `256`, `0.25 vCPU`. One vCPU is 1024 units.
pub(crate) fn cpu_units(text: &str) -> Option<u32> {
    units(text, "vcpu")
}

/// Parses memory in MiB: `512`, `0.5 GB`. AWS's GB is 1024 MiB here.
pub(crate) fn memory_mib(text: &str) -> Option<u32> {
    units(text, "gb")
}

fn units(text: &str, unit: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else {
        return text
            .parse()
            .ok()
            .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    };
    let number = number.trim_end();
    let is_decimal = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = number.parse().ok().filter(|_| is_decimal)?;
    let units = number * 1024.0;
    let is_whole = units.fract() == 0.0 && units >= 1.0 && units <= f64::from(u32::MAX);
    is_whole.then_some(units as u32)
}

/// Converts the task's `cpu` and `memory` to the API's strings. An invalid value is reported and kept.
pub(crate) fn normalise(mut definition: Node, problems: &mut Problems) -> Node {
    for entry in definition.members_mut() {
        match entry.key.as_str() {
            "cpu" => as_text(entry, cpu_units, "CPU units (256) or vCPU (0.25 vCPU)", problems),
            "memory" => as_text(entry, memory_mib, "MiB (512) or GB (0.5 GB)", problems),
            _ => {}
        }
    }
    definition
}

fn as_text(entry: &mut Entry, read: fn(&str) -> Option<u32>, forms: &str, problems: &mut Problems) {
    let written = match &entry.value.kind {
        NodeKind::Number(_, source) => source.as_str(),
        NodeKind::Text(text) => match text.as_literal() {
            Some(text) => text,
            None => return,
        },
        _ => return,
    };
    let span = entry.value.span;
    entry.value = match read(written) {
        Some(units) => Node::text(span, units.to_string()),
        None => {
            let message = format!("invalid task `{}`: `{written}`", entry.key);
            problems.push(Problem::error("task-size", message, span).label(forms.to_owned()));
            // A null is not checked again.
            Node::null(span)
        }
    };
}

/// Reports a size that Fargate does not offer. With `lenient` it only warns, as AWS may have added sizes
/// since; for sizes larger than all known ones it always only warns.
pub(crate) fn check_fargate(definition: &Node, at: Span, lenient: bool, problems: &mut Problems) {
    let before = problems.iter().count();
    let cpu = sized(definition, "cpu", at, problems);
    let memory = sized(definition, "memory", at, problems);
    if problems.iter().count() > before {
        return;
    }
    let (Some(cpu), Some(memory)) = (cpu, memory) else {
        return;
    };
    let (Some(units), Some(mib)) = (
        cpu.as_str().and_then(cpu_units),
        memory.as_str().and_then(memory_mib),
    ) else {
        return;
    };
    let found = FARGATE.iter().find(|(known, ..)| *known == units);
    let problem = match found {
        None => {
            let known: Vec<String> = FARGATE.iter().map(|(cpu, ..)| cpu.to_string()).collect();
            Problem::error(
                "task-size",
                format!("unsupported Fargate CPU value {units}"),
                cpu.span,
            )
            .label(format!("one of {}", known.join(", ")))
        }
        Some((_, memory_sizes)) if !memory_sizes.has(mib) => Problem::error(
            "task-size",
            format!("unsupported Fargate memory value {mib} MiB for {units} CPU units"),
            memory.span,
        )
        .label(format!("with cpu {units}: {}", memory_sizes.choices()))
        .other(cpu.span, ""),
        Some(_) => return,
    };
    // New sizes have always been larger than the existing ones.
    let may_be_new = FARGATE.iter().all(|(known, ..)| units > *known);
    problems.push(if lenient || may_be_new {
        Problem {
            level: crate::diagnostic::Level::Warning,
            ..problem
        }
    } else {
        problem
    });
}

/// Returns the member, which Fargate requires. `None` without a new problem if one was already reported
/// for it.
fn sized<'a>(definition: &'a Node, key: &str, at: Span, problems: &mut Problems) -> Option<&'a Node> {
    let entry = definition.entry(key);
    if let Some(entry) = entry.filter(|entry| !entry.value.is_null()) {
        return Some(&entry.value);
    }
    if crate::config::typed_values::lacks(definition, key, problems) {
        let example = if key == "cpu" { "cpu: 256" } else { "memory: 512" };
        problems.push(
            Problem::error(
                "missing-key",
                format!("missing `{key}` in a task definition for Fargate"),
                at,
            )
            .label(format!(
                "Fargate requires it, for example `{example}`; for container instances, set `launchType: EC2` in the service"
            )),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    #[test]
    fn ways_to_write_a_size() {
        for (text, units) in [
            ("256", Some(256)),
            ("0.25 vCPU", Some(256)),
            (".25vcpu", Some(256)),
            ("1 vCPU", Some(1024)),
            ("16 VCPU", Some(16_384)),
            ("1 vCPUs", None),
            ("0.3 vCPU", None),
            ("-1", None),
            ("+256", None),
            ("256.0", None),
            ("1e3 vCPU", None),
            ("inf vCPU", None),
            ("", None),
            (" vCPU", None),
        ] {
            assert_eq!(cpu_units(text), units, "{text}");
        }
        for (text, mib) in [
            ("512", Some(512)),
            ("0.5 GB", Some(512)),
            ("2GB", Some(2048)),
            ("512 MB", None),
        ] {
            assert_eq!(memory_mib(text), mib, "{text}");
        }
    }

    fn definition(cpu: u32, memory: u32) -> Node {
        let span = Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        };
        let entry =
            |key: &str, value: u32| Entry::new(key.to_owned(), span, Node::text(span, value.to_string()));
        Node::map(span, vec![entry("cpu", cpu), entry("memory", memory)])
    }

    fn is_offered(cpu: u32, memory: u32) -> bool {
        let mut problems = Problems::default();
        let definition = definition(cpu, memory);
        check_fargate(&definition, definition.span, false, &mut problems);
        !problems.has_errors()
    }

    /// AWS's table: CPU units, the memory sizes in GB, and adjacent sizes.
    #[test]
    fn what_fargate_offers() {
        let steps = |from: u32, to: u32, step: usize| (from..=to).step_by(step).collect::<Vec<u32>>();
        for (cpu, gigabytes) in [
            (512, steps(1, 4, 1)),
            (1024, steps(2, 8, 1)),
            (2048, steps(4, 16, 1)),
            (4096, steps(8, 30, 1)),
            (8192, steps(16, 60, 4)),
            (16_384, steps(32, 120, 8)),
        ] {
            for gigabyte in 0..=130 {
                let expected = gigabytes.contains(&gigabyte);
                assert_eq!(is_offered(cpu, gigabyte * 1024), expected, "{cpu} {gigabyte}");
            }
            assert!(!is_offered(cpu, gigabytes[0] * 1024 + 512));
        }
        for (memory, expected) in [
            (512, true),
            (768, false),
            (1024, true),
            (2048, true),
            (3072, false),
        ] {
            assert_eq!(is_offered(256, memory), expected, "{memory}");
        }
        assert!(!is_offered(300, 512));
        assert!(is_offered(32_768, 249_856), "AWS may have it by now: a warning");
        assert!(!is_offered(0, 0));
    }
}
