//! Reads the commands of a step as far as they say what is built, in the shell's syntax.

/// Splits a text into variables (`$NAME`, `${NAME}`), marked with true, and the texts between them.
pub(super) fn variables(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find('$') {
        let dollar = at + found;
        let rest = &text[dollar + 1..];
        let (skipped, closed) = if rest.starts_with('{') { (1, 1) } else { (0, 0) };
        let length = name_length(&rest[skipped..]);
        let is_whole = length > 0 && (closed == 0 || rest[skipped + length..].starts_with('}'));
        at = dollar + 1;
        if is_whole {
            parts.extend(Some((false, &text[start..dollar])).filter(|(_, it)| !it.is_empty()));
            parts.push((true, &rest[skipped..skipped + length]));
            at = dollar + 1 + skipped + length + closed;
            start = at;
        }
    }
    parts.extend(Some((false, &text[start..])).filter(|(_, it)| !it.is_empty()));
    parts
}

fn name_length(text: &str) -> usize {
    match text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        true => text
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(text.len()),
        false => 0,
    }
}

/// Returns what a script writes as an output: `echo "image=…" >> $GITHUB_OUTPUT`, or the former `::set-output`.
pub(super) fn output<'a>(run: &'a str, name: &str) -> Option<&'a str> {
    run.lines().rev().find_map(|line| {
        let former = format!("::set-output name={name}::");
        if let Some((_, value)) = line.split_once(former.as_str()) {
            return Some(value.trim_end().trim_end_matches(['"', '\'']));
        }
        let (written, target) = line.split_once(">>")?;
        let is_output = target.contains("GITHUB_OUTPUT");
        let word = written
            .trim()
            .strip_prefix("echo")?
            .trim()
            .trim_matches(['"', '\'']);
        let value = word.strip_prefix(name)?.strip_prefix('=')?;
        is_output.then(|| value.trim_end().trim_start_matches('"'))
    })
}

/// Returns what a script assigns to a variable: `NAME=…` on a line of its own.
pub(super) fn assigned<'a>(run: &'a str, name: &str) -> Option<&'a str> {
    run.lines().find_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let value = line.strip_prefix(name)?.strip_prefix('=')?;
        let is_plain = !value.contains(['`', ' ']) && !value.contains("$(");
        is_plain.then(|| value.trim_matches(['"', '\'']))
    })
}

/// Returns the commands of a script in words, without quotes. What a command substitutes stays one word.
pub(super) fn commands(run: &str) -> Vec<Vec<String>> {
    let run = run.replace("\\\r\n", " ").replace("\\\n", " ");
    let mut commands = Vec::new();
    for line in run.lines() {
        let mut reader = WordReader::default();
        line.chars().for_each(|character| reader.read(character));
        reader.end_command();
        commands.append(&mut reader.commands);
    }
    commands
}

#[derive(Default)]
struct WordReader {
    commands: Vec<Vec<String>>,
    words: Vec<String>,
    word: Option<String>,
    quote: Option<char>,
    /// The number of `{{` and `(` that are open: spaces in them end no word.
    open: usize,
    is_comment: bool,
}

impl WordReader {
    fn read(&mut self, character: char) {
        match (character, self.quote) {
            _ if self.is_comment => {}
            (it, Some(quote)) if it == quote => self.quote = None,
            ('"' | '\'', None) => {
                self.quote = Some(character);
                self.word.get_or_insert_default();
            }
            ('{' | '(', None) => {
                self.open += 1;
                self.word.get_or_insert_default().push(character);
            }
            ('}' | ')', None) => {
                self.open = self.open.saturating_sub(1);
                self.word.get_or_insert_default().push(character);
            }
            (it, None) if it.is_whitespace() && self.open == 0 => self.end_word(),
            (';' | '&' | '|', None) if self.open == 0 => self.end_command(),
            ('#', None) if self.word.is_none() => self.is_comment = true,
            (it, _) => self.word.get_or_insert_default().push(it),
        }
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take());
    }

    fn end_command(&mut self) {
        self.end_word();
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::schema::testing::cases;

    #[test]
    fn variables_are_found() {
        assert_eq!(
            variables("$A/${B}:c$$1"),
            [(true, "A"), (false, "/"), (true, "B"), (false, ":c$$1")]
        );
        assert_eq!(variables("${A:-b}"), [(false, "${A:-b}")]);
    }

    #[test]
    fn outputs_and_variables_are_found() {
        for run in [
            "x\necho \"image=$A:1\" >> $GITHUB_OUTPUT\n",
            "echo image=$A:1 >> \"$GITHUB_OUTPUT\"",
            "echo \"::set-output name=image::$A:1\"",
        ] {
            assert_eq!(output(run, "image"), Some("$A:1"), "{run}");
        }
        assert_eq!(output("echo \"image=x\" >> $GITHUB_ENV", "image"), None);
        assert_eq!(assigned("set -e\nexport TAG=\"v-$SHA\"\n", "TAG"), Some("v-$SHA"));
        assert_eq!(assigned("TAG=$(date)", "TAG"), None);
    }

    #[test]
    fn commands_are_split_into_words() {
        let run =
            "# docker build x\ndocker build \\\n  -t \"a b\":${{ env.T }} . && docker push a; echo 'it' # b";
        let expected: [&[&str]; 3] = [
            &["docker", "build", "-t", "a b:${{ env.T }}", "."],
            &["docker", "push", "a"],
            &["echo", "it"],
        ];
        assert_eq!(commands(run), expected);
    }

    proptest! {
        #![proptest_config(cases(300))]

        #[test]
        fn any_script_is_read(run in "(\\PC|[\"'${}()\\\\\n =>|#]){0,60}") {
            let _ = (commands(&run), variables(&run), output(&run, "a"), assigned(&run, "a"));
        }
    }
}
