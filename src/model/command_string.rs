//! A command of several words as one string.

use super::shell_word;

/// Returns the words of a command as one string, from which ECS Exec gets the same words back.
///
/// The agent in the container splits the string as a POSIX shell would, without a shell's expansions
/// (aws/amazon-ssm-agent, `agent/session/plugins/shell/shell_unix.go`: `shlex.Split` in container mode).
pub fn command_string(words: &[String]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| shell_word(word)).collect();
    quoted.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_special_characters_are_quoted() {
        for (words, expected) in [
            (vec!["/bin/sh"], "/bin/sh"),
            (vec!["sh", "-c", "echo a b"], "sh -c 'echo a b'"),
            (vec!["sh", "-c", "echo $HOME; ls *"], "sh -c 'echo $HOME; ls *'"),
            (vec!["echo", "it's"], r"echo 'it'\''s'"),
            (
                vec!["printf", "", "a\\b", "\"x\"", "#no"],
                r#"printf '' 'a\b' '"x"' '#no'"#,
            ),
            (
                vec!["ls", "-la", "--color=always", "/a/b_c@1.2,3:4%"],
                "ls -la --color=always /a/b_c@1.2,3:4%",
            ),
            (vec!["one word"], "'one word'"),
        ] {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            assert_eq!(command_string(&words), expected);
        }
    }

    #[test]
    fn a_shell_reads_the_same_words() {
        let words = ["a b", "it's", "$HOME", "\\", "", "\"", "x\ny", "*", "~", "é"];
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        let script = format!("printf '%s\\n--\\n' {}", command_string(&words));
        let output = std::process::Command::new("sh")
            .arg("-c")
            .arg(script)
            .output()
            .unwrap();
        let expected: String = words.iter().map(|word| format!("{word}\n--\n")).collect();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
}
