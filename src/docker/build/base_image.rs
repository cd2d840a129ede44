//! Finds the base image of a Dockerfile's result. BuildKit records the requested platform in the result
//! whatever the base image's platform is, so the result can't be used to check it.

use bollard::moby::buildkit::v1::StatusResponse;

use crate::model::Platform;

/// The `FROM` of the first stage in the chain that leads to the result.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BaseImage {
    /// Its line number, from 1.
    pub(super) line: usize,
    /// The value of `--platform=`, as written.
    platform: Option<String>,
    image: String,
}

impl BaseImage {
    /// Finds the base image in a Dockerfile's text; None if the stage doesn't exist or there are no stages.
    pub(super) fn of(dockerfile: &str, target: Option<&str>) -> Option<Self> {
        let mut stages = stages(dockerfile);
        let mut at = match target {
            None => stages.len().checked_sub(1)?,
            Some(target) => stages
                .iter()
                .position(|stage| stage.is_named(target))
                .or_else(|| target.parse().ok())?,
        };
        while let Some(below) = stages.get(..at)?.iter().rposition(|stage| {
            stages
                .get(at)
                .is_some_and(|above| stage.is_named(&above.base.image))
        }) {
            at = below;
        }
        (at < stages.len()).then(|| stages.swap_remove(at).base)
    }

    /// Returns the platform set by `--platform=`, if it differs from the requested one. `scratch` has no
    /// platform, and variables are left to the builder.
    pub(super) fn told(&self, wanted: &Platform) -> Option<Platform> {
        let told: Platform = self.platform.as_deref()?.parse().ok()?;
        let is_other = self.image != "scratch" && !told.to_string().contains('$');
        (is_other && !told.runs_as(wanted)).then_some(told)
    }

    /// Returns BuildKit's warning that the base image has a platform other than the requested one
    /// (docs.docker.com, "Build checks", `InvalidBaseImagePlatform`: since Docker Engine 27; older ones don't
    /// check).
    pub(super) fn objection(&self, report: &StatusResponse) -> Option<String> {
        let warnings = report.warnings.iter().filter(|warning| {
            let mut starts = warning.ranges.iter().filter_map(|range| range.start.as_ref());
            starts.any(|start| usize::try_from(start.line) == Ok(self.line))
        });
        warnings
            .map(|warning| String::from_utf8_lossy(&warning.short))
            .find_map(|said| Some(said.strip_prefix("InvalidBaseImagePlatform: ")?.to_owned()))
    }
}

struct BuildStage {
    base: BaseImage,
    name: Option<String>,
}

impl BuildStage {
    fn is_named(&self, name: &str) -> bool {
        self.name
            .as_ref()
            .is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

fn stages(dockerfile: &str) -> Vec<BuildStage> {
    let mut is_continued = false;
    let lines = dockerfile.lines().enumerate().filter(|(_, line)| {
        let is_first = !is_continued;
        is_continued = line.trim_end().ends_with('\\');
        is_first
    });
    lines.filter_map(|(index, line)| stage(index + 1, line)).collect()
}

/// Parses `FROM [--platform=…] IMAGE [AS NAME]`.
fn stage(line: usize, text: &str) -> Option<BuildStage> {
    let mut words = text.split_whitespace();
    words.next().filter(|word| word.eq_ignore_ascii_case("FROM"))?;
    let (flags, words): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with("--"));
    let platform = flags.iter().find_map(|flag| flag.strip_prefix("--platform="));
    let name = match words.get(1) {
        Some(as_) if as_.eq_ignore_ascii_case("AS") => words.get(2),
        _ => None,
    };
    Some(BuildStage {
        base: BaseImage {
            line,
            platform: platform.map(str::to_owned),
            image: (*words.first()?).to_owned(),
        },
        name: name.map(|name| (*name).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use bollard::moby::buildkit::v1::VertexWarning;

    use super::*;

    #[test]
    fn the_results_base_is_found_through_its_stages() {
        let text = "# FROM no\nFROM one AS a\nRUN echo \\\n  FROM two\nFROM a AS b\nfrom --platform=$X three as c\n\
                    FROM B\nCOPY --from=c / /\n";
        for (target, line) in [
            (None, Some(2)),
            (Some("a"), Some(2)),
            (Some("b"), Some(2)),
            (Some("C"), Some(6)),
            (Some("1"), Some(2)),
            (Some("2"), Some(6)),
            (Some("9"), None),
            (Some("nope"), None),
        ] {
            assert_eq!(
                BaseImage::of(text, target).map(|base| base.line),
                line,
                "{target:?}"
            );
        }
        assert_eq!(BaseImage::of("", None), None);
        assert_eq!(BaseImage::of("FROM", None), None);
        // A stage name is defined from its line on.
        assert_eq!(
            BaseImage::of("FROM a\nFROM x AS a\n", Some("0")).map(|base| base.line),
            Some(1)
        );
        assert_eq!(
            BaseImage::of("FROM a AS a\n", None).map(|base| base.line),
            Some(1)
        );
    }

    #[test]
    fn explicit_platforms_are_compared() {
        let wanted = Platform::linux_amd64();
        for (from, other) in [
            ("FROM x", None),
            ("FROM --platform=linux/amd64 x", None),
            ("FROM --platform=linux/arm64 x", Some("linux/arm64")),
            ("FROM --platform=linux/arm64 scratch", None),
            ("FROM --platform=$BUILDPLATFORM x", None),
            ("FROM --platform=linux/${TARGETARCH} x", None),
        ] {
            let told = BaseImage::of(from, None).unwrap().told(&wanted);
            assert_eq!(told.map(|it| it.to_string()).as_deref(), other, "{from}");
        }
    }

    #[test]
    fn only_warnings_about_the_final_base_count() {
        let base = BaseImage::of("FROM data AS d\nFROM x\n", None).unwrap();
        let report = |line: i32, short: &str| {
            let mut warning = VertexWarning {
                short: short.as_bytes().to_vec(),
                ranges: vec![Default::default()],
                ..VertexWarning::default()
            };
            warning.ranges[0].start.get_or_insert_default().line = line;
            StatusResponse {
                warnings: vec![warning],
                ..StatusResponse::default()
            }
        };
        let said = "Base image x was pulled with platform \"linux/arm64\"";
        let short = format!("InvalidBaseImagePlatform: {said}");
        assert_eq!(base.objection(&report(2, &short)).as_deref(), Some(said));
        assert_eq!(base.objection(&report(1, &short)), None);
        assert_eq!(base.objection(&report(2, "StageNameCasing: x")), None);
        assert_eq!(base.objection(&StatusResponse::default()), None);
    }
}
