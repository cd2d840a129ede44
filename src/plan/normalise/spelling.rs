//! Equivalent spellings that AWS normalizes to one.

/// Converts `1 vCPU`, `.25 vcpu` and `1024` to CPU units.
pub(super) fn cpu_units(text: &str) -> Option<String> {
    scaled(text, &["vcpu"])
}

/// Converts `2 GB`, `0.5GB` and `2048` to MiB.
pub(super) fn mebibytes(text: &str) -> Option<String> {
    scaled(text, &["gb"])
}

fn scaled(text: &str, units: &[&str]) -> Option<String> {
    let folded = text.trim().to_ascii_lowercase();
    let number = units.iter().find_map(|unit| folded.strip_suffix(unit))?.trim();
    let amount: f64 = number.parse().ok()?;
    let scaled = amount * 1024.0;
    (scaled.is_finite() && (0.0..1e9).contains(&scaled) && scaled.fract() == 0.0)
        .then(|| format!("{}", scaled as u64))
}

/// Converts `http` to tcp: it isn't a transport protocol, and AWS keeps tcp for it.
pub(super) fn transport_protocol(text: &str) -> Option<String> {
    text.eq_ignore_ascii_case("http").then(|| "tcp".to_owned())
}

/// Normalizes the built-in fields of placement strategies, which are returned in capitals; `host` is
/// `instanceId`.
pub(super) fn placement_field(text: &str) -> Option<String> {
    match text.to_ascii_lowercase().as_str() {
        "cpu" => Some("cpu".to_owned()),
        "memory" => Some("memory".to_owned()),
        "host" | "instanceid" => Some("instanceId".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_numbers() {
        for (text, units) in [
            ("1 vCPU", Some("1024")),
            (".25 vcpu", Some("256")),
            ("0.5vCPU", Some("512")),
            ("1024", None),
            ("vCPU", None),
            ("inf vCPU", None),
            ("-1 vCPU", None),
            ("1e300 vCPU", None),
        ] {
            assert_eq!(cpu_units(text).as_deref(), units, "{text}");
        }
        assert_eq!(mebibytes("2 GB").as_deref(), Some("2048"));
        assert_eq!(mebibytes("0.5GB").as_deref(), Some("512"));
        assert_eq!(mebibytes("512"), None);
    }

    #[test]
    fn placement_fields_are_lowercased() {
        assert_eq!(placement_field("MEMORY").as_deref(), Some("memory"));
        assert_eq!(placement_field("host"), placement_field("instanceId"));
        assert_eq!(placement_field("attribute:ecs.availability-zone"), None);
    }
}
