//! The values of a hint's placeholders that AWS's own message names: a hint must not ask for what is known.

/// Placeholders and their values: `("REGION", "eu-west-1")`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KnownValues(Vec<(&'static str, String)>);

impl KnownValues {
    /// Reads the values from all of AWS's messages about a failure. The first one counts.
    pub fn read<'a>(messages: impl Iterator<Item = &'a str>) -> Self {
        let mut known = Self::default();
        for message in messages {
            for word in whole_words(message) {
                known.read_arn(word);
                known.read_image(word);
                known.read_id(word);
            }
        }
        known
    }

    /// Puts the values in place of their placeholders.
    pub fn fill(&self, text: &str) -> String {
        self.0
            .iter()
            .fold(text.to_owned(), |text, (place, value)| match *place {
                "NAME" => ["--repository-name", "--repository-names"]
                    .iter()
                    .fold(text, |text, option| {
                        replace_word(&text, &format!("{option} {place}"), &format!("{option} {value}"))
                    }),
                _ => replace_word(&text, place, value),
            })
    }

    fn add(&mut self, place: &'static str, value: &str) {
        if !value.is_empty() && !self.0.iter().any(|(known, _)| *known == place) {
            self.0.push((place, value.to_owned()));
        }
    }

    /// `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`, `…:assumed-role/ROLE/SESSION`, `…:log-group:GROUP:…`.
    fn read_arn(&mut self, word: &str) {
        let parts: Vec<&str> = word.split(':').collect();
        let ["arn", _, service, region, _, rest @ ..] = parts.as_slice() else {
            return;
        };
        match (*service, rest) {
            ("secretsmanager", ["secret", name, ..]) if !name.is_empty() => {
                self.add("SECRET", parts.get(..7).unwrap_or_default().join(":").as_str());
            }
            ("logs", ["log-group", group, ..]) => self.add("GROUP", group),
            ("sts", [role, ..]) => {
                let role = role
                    .strip_prefix("assumed-role/")
                    .and_then(|it| it.split('/').next());
                self.add("ROLE", role.unwrap_or_default());
            }
            _ => {}
        }
        self.add("REGION", region);
    }

    /// `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG`.
    fn read_image(&mut self, word: &str) {
        let Some((host, name)) = word.split_once('/') else {
            return;
        };
        if let [_, "dkr", "ecr", region, ..] = host.split('.').collect::<Vec<_>>().as_slice() {
            self.add("REGION", region);
            self.add("NAME", name.split([':', '@']).next().unwrap_or_default());
        }
    }

    /// `subnet-0a1b`, `fs-0a1b.efs.REGION.amazonaws.com:/`.
    fn read_id(&mut self, word: &str) {
        for (place, start) in [("SUBNET", "subnet-"), ("FS", "fs-")] {
            let id = word.split(['.', ':']).next().unwrap_or_default();
            let is_id = |rest: &str| rest.len() >= 8 && rest.chars().all(|c| c.is_ascii_hexdigit());
            if id.strip_prefix(start).is_some_and(is_id) {
                self.add(place, id);
            }
        }
    }
}

/// The words of a message without their quotes. ECS cuts messages off, so that the last word may be half of one.
fn whole_words(message: &str) -> impl Iterator<Item = &str> {
    let quotes = |c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | ',' | '\\');
    let end = message.trim_end_matches(|c: char| !c.is_whitespace()).len();
    message
        .get(..end)
        .unwrap_or_default()
        .split(move |c: char| c.is_whitespace() || quotes(c))
        .map(|word| word.trim_end_matches([':', '.']))
}

/// Replaces a placeholder where it is a word of its own: SERVICE in `scale SERVICE=N`, not in `MYSERVICE`.
pub(super) fn replace_word(text: &str, place: &str, value: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(place) {
        replaced.push_str(before);
        let inside = before.ends_with(is_part) || after.starts_with(is_part);
        replaced.push_str(if inside { place } else { value });
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(message: &str, cure: &str) -> String {
        KnownValues::read([message].into_iter()).fill(cure)
    }

    #[test]
    fn a_hint_has_what_the_message_names() {
        let secret = "failed to fetch secret arn:aws:secretsmanager:us-east-1:123456789012:secret:web/key-AbCdEf from \
                      secrets manager: ResourceNotFoundException";
        assert_eq!(
            filled(secret, "--secret-id SECRET --region REGION"),
            "--secret-id arn:aws:secretsmanager:us-east-1:123456789012:secret:web/key-AbCdEf --region us-east-1"
        );
        let role = "User: arn:aws:sts::123456789012:assumed-role/web-execution/3f2a is not authorized to perform: \
                    logs:CreateLogGroup on resource: arn:aws:logs:eu-central-1:123456789012:log-group:web:log-stream: \
                    because";
        assert_eq!(
            filled(role, "ROLE, GROUP in REGION, not ROLES"),
            "web-execution, web in eu-central-1, not ROLES"
        );
        let image = "manifest for 123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/web:v2 not found";
        assert_eq!(
            filled(
                image,
                "list-images --repository-name NAME, prod-REGION-x, --name NAME"
            ),
            "list-images --repository-name acme/web, prod-eu-west-1-x, --name NAME"
        );
        let mount = "Failed to resolve \"fs-06642d00e4ec726.efs.us-east-1.amazonaws.com\" - check that";
        assert_eq!(
            filled(mount, "--file-system-id FS"),
            "--file-system-id fs-06642d00e4ec726"
        );
        let subnet =
            "Network Interface in subnet 'subnet-0123456789abcdef0': InsufficientFreeAddressesInSubnet";
        assert_eq!(filled(subnet, "SUBNET"), "subnet-0123456789abcdef0");
    }

    #[test]
    fn half_a_name_is_no_name() {
        let cut = "pull access denied for 123456789012.dkr.ecr.us-east-1.amazonaws.com/my_im";
        assert_eq!(filled(cut, "--repository-name NAME"), "--repository-name NAME");
        assert_eq!(filled("arn:aws:iam", "REGION ROLE"), "REGION ROLE");
        assert_eq!(filled("", "REGION"), "REGION");
    }
}
