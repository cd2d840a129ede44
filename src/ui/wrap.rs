//! Breaks long lines of a terminal between words, and never inside a command, a name or a path: what is copied from
//! the screen can be pasted.

use console::measure_text_width;

/// Stands for a space inside a command while lines are laid out. It is a noncharacter, reserved for use inside a
/// program (Unicode 23.7).
const GLUE: char = '\u{FDD0}';

/// Keeps a command on one line.
pub fn glued(command: &str) -> String {
    command.replace(' ', "\u{FDD0}")
}

/// Removes the marks of commands.
pub fn unglued(text: &str) -> String {
    text.replace(GLUE, " ")
}

/// Breaks a line, which may contain escape sequences, before words that don't fit into the columns. Later lines are
/// indented by `hang`. A word that is longer than a line stays whole: the terminal wraps it, and copies it as one.
pub fn wrapped(line: &str, columns: usize, hang: usize) -> String {
    // An indentation needs room for words.
    let hang = if hang * 2 > columns { 2 } else { hang };
    let mut wrapped = String::new();
    let mut column = 0;
    for (blanks, word) in words(&commands_glued(line)) {
        let width = measure_text_width(word);
        // A command that is too long beside a label may fit below it.
        let fits = |indent: &usize| word.contains(GLUE) && indent + width <= columns;
        let indent = [hang, 2, 0].into_iter().find(fits).unwrap_or(hang).min(hang);
        if column + blanks > indent && column + blanks + width > columns {
            if column > 0 {
                wrapped.push('\n');
            }
            column = indent;
            wrapped.extend(std::iter::repeat_n(' ', indent));
        } else {
            column += blanks;
            wrapped.extend(std::iter::repeat_n(' ', blanks));
        }
        wrapped.push_str(word);
        column += width;
    }
    unglued(&wrapped)
}

/// Returns each word with the number of spaces before it. A sign at the beginning belongs to the word behind it.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut rest, mut is_first) = (line, true);
    std::iter::from_fn(move || {
        let word = rest.trim_start_matches(' ');
        let blanks = rest.len() - word.len();
        let end_of = |from: usize| word[from..].find(' ').map_or(word.len(), |end| from + end);
        let mut end = end_of(0);
        if is_first && measure_text_width(&word[..end]) == 1 && end < word.len() {
            end = end_of(end + 1);
        }
        is_first = false;
        let (word, after) = word.split_at(end);
        rest = after;
        (!word.is_empty()).then_some((blanks, word))
    })
}

/// Glues the commands that text contains: those in backticks, and those of the AWS CLI with their flags.
fn commands_glued(line: &str) -> String {
    let mut glued = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(['`', 'a']) {
        let (before, command) = rest.split_at(start);
        glued.push_str(before);
        let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let length = match command.starts_with('`') {
            true => in_backticks(command),
            false if is_word => of_aws(command),
            false => None,
        };
        let (command, after) = command.split_at(length.unwrap_or(1));
        match length {
            Some(_) => glued.push_str(&self::glued(command)),
            None => glued.push_str(command),
        }
        rest = after;
    }
    glued.push_str(rest);
    glued
}

/// Returns the length of text in backticks.
fn in_backticks(text: &str) -> Option<usize> {
    Some(text.get(1..)?.find('`')? + 2)
}

/// Returns the length of `aws SERVICE OPERATION [--flag [value]]…`, as far as it is recognized.
fn of_aws(text: &str) -> Option<usize> {
    let is_name = |word: &str| {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !word.is_empty() && word.chars().all(letter)
    };
    let ends = |word: &str| word.ends_with([',', ';', ')', ':']);
    let mut words = text.split(' ');
    let (aws, service) = (words.next()?, words.next()?);
    let operation = words.next()?;
    let is_operation = is_name(operation.trim_end_matches([',', ';', ')', ':'])) && operation.contains('-');
    if aws != "aws" || !is_name(service) || !is_operation {
        return None;
    }
    let mut length = aws.len() + service.len() + operation.len() + 2;
    let mut last = operation;
    for word in words {
        let is_part = word.starts_with("--") || (last.starts_with("--") && !word.is_empty());
        if ends(last) || !is_part {
            break;
        }
        length += 1 + word.len();
        last = word;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_between_words() {
        for (line, columns, hang, expected) in [
            ("one two three", 20, 2, "one two three"),
            ("one two three", 8, 2, "one two\n  three"),
            (
                "  hint:  one two three",
                20,
                9,
                "  hint:  one two\n         three",
            ),
            (
                "  hint:  incomprehensibilities",
                20,
                9,
                "  hint:  incomprehensibilities",
            ),
            (
                "see arn:aws:ecs:eu-west-1:1:service/web now",
                20,
                2,
                "see\n  arn:aws:ecs:eu-west-1:1:service/web\n  now",
            ),
            (
                "\u{1b}[1mone two\u{1b}[0m three",
                8,
                0,
                "\u{1b}[1mone two\u{1b}[0m\nthree",
            ),
            ("one narrow terminal", 6, 9, "one\n  narrow\n  terminal"),
            (
                "    ~ loadBalancers[web:80].port",
                20,
                6,
                "    ~ loadBalancers[web:80].port",
            ),
        ] {
            assert_eq!(wrapped(line, columns, hang), expected);
        }
    }

    #[test]
    fn commands_stay_whole() {
        for (line, expected) in [
            (
                format!("try {} creates it", glued("ecsctl -f a.yaml deploy --only web")),
                "try\n  ecsctl -f a.yaml deploy --only web\n  creates it",
            ),
            (
                "aws ecs create-cluster --cluster-name web --region eu, or another".to_owned(),
                "aws ecs create-cluster --cluster-name web --region eu,\n  or another",
            ),
            (
                "aws ecs list-task-definitions --sort DESC lists them".to_owned(),
                "aws ecs list-task-definitions --sort DESC\n  lists them",
            ),
            // Below a label, if it fits there.
            (
                format!("  hint:     {}", glued("ecsctl deploy web")),
                "  hint:\n  ecsctl deploy web",
            ),
            (
                "no aws credentials were found".to_owned(),
                "no aws credentials\n  were found",
            ),
            (
                "run `docker buildx use default` or not".to_owned(),
                "run\n  `docker buildx use default`\n  or not",
            ),
        ] {
            assert_eq!(wrapped(&line, 20, 2), expected);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-zä`\\- ]{0,80}", columns in 1usize..60, hang in 0usize..20) {
            let joined: Vec<&str> = text.split_whitespace().collect();
            let shown = wrapped(&text, columns, hang);
            prop_assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), joined);
        }

        #[test]
        fn short_words_fit(text in "[b-z]{1,6}( [b-z]{1,6}){0,20}", columns in 12usize..60, hang in 0usize..5) {
            for line in wrapped(&text, columns, hang).lines() {
                prop_assert!(measure_text_width(line) <= columns, "{}", line);
            }
        }
    }
}
