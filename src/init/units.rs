//! Durations and sizes as Go programs write them.

/// Parses a duration such as `1m30s` or `500ms`, in seconds (Compose specification, "Specifying durations").
pub(super) fn seconds(text: &str) -> Option<f64> {
    let mut rest = text.trim();
    let mut total = (!rest.is_empty()).then_some(0.0)?;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let end = rest
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(rest.len());
        total += number
            * match &rest[..end] {
                "ns" => 1e-9,
                "us" | "µs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3600.0,
                _ => return None,
            };
        rest = &rest[end..];
    }
    total.is_finite().then_some(total)
}

/// Parses a size such as `512M` or `1.5gb` in MiB, rounded up; a number alone is bytes (Compose specification,
/// "Specifying byte values").
pub(super) fn mebibytes(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..digits].parse().ok()?;
    let factor = match text[digits..].trim_start() {
        "" | "b" => 1.0,
        "k" | "kb" | "kib" => 1024.0,
        "m" | "mb" | "mib" => 1_048_576.0,
        "g" | "gb" | "gib" => 1_073_741_824.0,
        _ => return None,
    };
    let mebibytes = (number * factor / 1_048_576.0).ceil();
    (mebibytes <= f64::from(u32::MAX)).then_some(mebibytes as u32)
}

/// Parses a number of CPUs in CPU units, rounded up: 1 CPU is 1024 units (ECS API, RegisterTaskDefinition, `cpu`).
pub(super) fn cpu_units(text: &str) -> Option<u32> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let cpus: f64 = text.parse().ok().filter(|_| is_decimal)?;
    let units = (cpus * 1024.0).ceil();
    (units <= f64::from(u32::MAX)).then_some(units as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_of_compose() {
        for (text, expected) in [
            ("90s", Some(90.0)),
            ("1m30s", Some(90.0)),
            ("1h5m30s", Some(3930.0)),
            ("1.5s", Some(1.5)),
            ("500ms", Some(0.5)),
            ("30", None),
            ("s", None),
            ("", None),
            ("1d", None),
            ("-1s", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
        for (text, expected) in [
            ("512M", Some(512)),
            ("512mb", Some(512)),
            ("1g", Some(1024)),
            ("1.5GB", Some(1536)),
            ("300k", Some(1)),
            ("1048577", Some(2)),
            ("20 MB", Some(20)),
            ("1x", None),
            ("m", None),
            ("9999999999999999g", None),
        ] {
            assert_eq!(mebibytes(text), expected, "{text}");
        }
        for (text, expected) in [
            ("0.5", Some(512)),
            ("2", Some(2048)),
            ("0.001", Some(2)),
            ("1e3", None),
        ] {
            assert_eq!(cpu_units(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_unit_panics(text in "\\PC{0,8}|[0-9.]{1,30}[smhkgb]{0,2}") {
            let _ = (seconds(&text), mebibytes(&text), cpu_units(&text));
        }
    }
}
