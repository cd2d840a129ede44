//! `deploy.resources`, `cpus` and `mem_limit`: the size of the task.

use super::parts::ComposeParts;
use crate::config::smallest_fargate_size;
use crate::init::units::{cpu_units, mebibytes};
use crate::model::Node;

/// The largest task of Fargate, in CPU units and MiB.
const LARGEST: (u32, u32) = (16_384, 122_880);

/// Adds `cpu` and `memory`: the smallest size of Fargate with what the limits, or else the reservations, name.
pub(super) fn add(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let resources = service.get("deploy").and_then(|deploy| deploy.get("resources"));
    let of = |part: &str, member: &str| resources.and_then(|it| it.get(part))?.get(member);
    let cpu = of("limits", "cpus")
        .or_else(|| service.get("cpus"))
        .or_else(|| of("reservations", "cpus"));
    let memory = of("limits", "memory")
        .or_else(|| service.get("mem_limit"))
        .or_else(|| of("reservations", "memory"))
        .or_else(|| service.get("mem_reservation"));
    let cpu = cpu.and_then(|node| {
        parts
            .reader
            .parse("cpus", node, "a number of CPUs, for example 0.5", cpu_units)
    });
    let memory = memory.and_then(|node| {
        parts
            .reader
            .parse("memory", node, "a size, for example 512M", mebibytes)
    });
    put_size(cpu, memory, parts);
    for part in ["limits", "reservations"] {
        let members = resources
            .and_then(|it| it.get(part))
            .map_or(&[][..], Node::members);
        for entry in members
            .iter()
            .filter(|entry| !matches!(entry.key.as_str(), "cpus" | "memory"))
        {
            parts.leave_out(&format!("deploy.resources.{part}.{}", entry.key), "");
        }
    }
}

fn put_size(cpu: Option<u32>, memory: Option<u32>, parts: &mut ComposeParts<'_, '_>) {
    let wanted = (cpu.unwrap_or(0), memory.unwrap_or(0));
    let definition = &mut parts.definition;
    let size = smallest_fargate_size(wanted.0, wanted.1);
    let written: Vec<String> = [
        cpu.map(|units| format!("{units} CPU units")),
        memory.map(|mib| format!("{mib} MiB")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let written = written.join(" and ");
    match size {
        _ if written.is_empty() => {
            definition.comment("compose sets no size: this is Fargate's smallest");
        }
        None => definition.todo(format!(
            "choose a smaller task: compose has {written}, more than Fargate's largest task"
        )),
        Some(size) if size != wanted => {
            definition.comment(format!(
                "compose has {written}: this is the next size that Fargate offers"
            ));
        }
        Some(_) => {}
    }
    let (cpu, memory) = size.unwrap_or(LARGEST);
    definition.put("cpu", i64::from(cpu));
    definition.put("memory", i64::from(memory));
}
