//! What a Dockerfile says about the container: the port that it exposes.

/// Returns the first port that the last stage of a Dockerfile exposes (Dockerfile reference, EXPOSE). One that is a
/// variable isn't known.
pub fn exposed_port(dockerfile: &str) -> Option<u16> {
    let joined = dockerfile.replace("\\\r\n", " ").replace("\\\n", " ");
    let mut port = None;
    for line in joined.lines() {
        let mut words = line.split_whitespace();
        let instruction = words.next().unwrap_or_default().to_ascii_uppercase();
        match instruction.as_str() {
            "FROM" => port = None,
            "EXPOSE" => port = port.or_else(|| words.find_map(tcp_port)),
            _ => {}
        }
    }
    port
}

/// Parses `8080` or `8080/tcp`; of a range its first port.
fn tcp_port(word: &str) -> Option<u16> {
    let (port, protocol) = word.split_once('/').unwrap_or((word, "tcp"));
    let port = port.split('-').next().unwrap_or_default();
    let is_tcp = protocol.eq_ignore_ascii_case("tcp");
    port.parse().ok().filter(|port| is_tcp && *port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exposed_port_is_that_of_the_last_stage() {
        for (text, expected) in [
            ("FROM a\nEXPOSE 8080\n", Some(8080)),
            ("FROM a\nEXPOSE 53/udp 80/tcp\n", Some(80)),
            ("FROM a AS b\nEXPOSE 1\nFROM b\nRUN x\n", None),
            ("FROM a\nexpose \\\n  3000-3005\nEXPOSE 9\n", Some(3000)),
            ("FROM a\nEXPOSE $PORT\n", None),
            ("FROM a\n# EXPOSE 1\n", None),
            ("FROM a\r\nEXPOSE 80\r\n", Some(80)),
            ("EXPOSE 0 99999", None),
        ] {
            assert_eq!(exposed_port(text), expected, "{text:?}");
        }
    }
}
