//! The examples of the README and of docs/: the blocks between `<!-- example: NAME -->` and `<!-- end -->`. Tests compare them
//! with what the program does; with `ECSCTL_UPDATE_README=1` they update them instead.

use std::fs;
use std::path::Path;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const END: &str = "<!-- end -->";

fn text() -> String {
    fs::read_to_string(PATH).expect("README.md")
}

/// Returns where a block's fenced content begins and ends in the text.
fn content(text: &str, name: &str) -> (usize, usize) {
    let mark = format!("<!-- example: {name} -->\n");
    let start = text.find(&mark).unwrap_or_else(|| panic!("no example {name}")) + mark.len();
    let end = start + text[start..].find(END).expect("an end");
    let block = &text[start..end];
    let first = block.find('\n').expect("a fence") + 1;
    let last = block.trim_end().rfind("```").expect("a closing fence");
    (start + first, start + last)
}

/// Returns an example's content, without its fences.
pub fn example(name: &str) -> String {
    example_in(&text(), name)
}

/// Returns an example of a page of docs/, without its fences.
pub fn example_of(page: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    example_in(&fs::read_to_string(path).expect(page), name)
}

fn example_in(text: &str, name: &str) -> String {
    let (start, end) = content(text, name);
    text[start..end].to_owned()
}

/// Compares an example with the actual text, both after `same`, which removes what differs from run to run.
#[track_caller]
pub fn holds(name: &str, is: &str, same: impl Fn(&str) -> String) {
    if std::env::var_os("ECSCTL_UPDATE_README").is_some() {
        let mut text = text();
        let (start, end) = content(&text, name);
        if same(&text[start..end]) != same(is) {
            text.replace_range(start..end, is);
            fs::write(PATH, text).expect("README.md written");
        }
        return;
    }
    let says = same(&example(name));
    assert!(
        says == same(is),
        "the README's example {name} is not what happens; ECSCTL_UPDATE_README=1 cargo test writes it anew\n\
         --- README ---\n{says}\n--- is ---\n{}",
        same(is)
    );
}
