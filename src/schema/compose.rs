//! Short spellings that people know from Compose files and command lines, written out in the API's members.

use super::cure::plain;
use super::model::{Kind, Shape, ShapeName, model};

/// What a shell would make of a command beyond words.
const SHELL: [char; 8] = ['&', '|', ';', '<', '>', '$', '`', '\n'];

/// A short spelling of a structure, written out: `80:8080`, `NAME=value`, the name alone.
pub(super) fn item(name: ShapeName, text: &str) -> Option<String> {
    let shape = model()
        .shape(name)
        .filter(|shape| shape.kind == Kind::Structure)?;
    match name {
        "PortMapping" => return port(text),
        "MountPoint" => return mount(text),
        "HostEntry" => {
            let (host, address) = text.split_once([':', '='])?;
            return pair(name, host, address);
        }
        _ => {}
    }
    match (two_texts(shape), text.split_once('=')) {
        (Some((_, second)), None) if !values(shape, second).is_empty() => {
            pair(name, text, values(shape, second).first()?)
        }
        (Some((first, second)), None) => Some(format!("{{{first}: {}, {second}: …}}", plain(text))),
        (Some(_), Some((left, right))) => pair(name, left, right),
        (None, _) => single(shape, text),
    }
}

/// The two members of a structure that has two texts and nothing else: `{key: …, value: …}`.
pub(super) fn pair(name: ShapeName, first: &str, second: &str) -> Option<String> {
    let (one, other) = two_texts(model().shape(name)?)?;
    Some(format!("{{{one}: {}, {other}: {}}}", plain(first), plain(second)))
}

fn two_texts(shape: &Shape) -> Option<(&'static str, &'static str)> {
    let mut members = shape.members();
    let (first, second) = (members.next()?.0, members.next()?.0);
    let is_text = |member| kind_of(shape, member) == Some(Kind::String);
    // What begins with one of a few words is no name with a value: a placement constraint.
    let is_pair =
        members.next().is_none() && is_text(first) && is_text(second) && values(shape, first).is_empty();
    is_pair.then_some((first, second))
}

/// The one member that must be there, or that stands for the rest: a capacity provider's name, a port's number.
fn single(shape: &Shape, text: &str) -> Option<String> {
    let member = match shape.required.as_slice() {
        [member] => member,
        [] => {
            let mut members = shape.members();
            let first = members.next()?.0;
            let is_flag = |member| kind_of(shape, member) == Some(Kind::Boolean);
            if !members.all(|(member, _)| is_flag(member)) {
                return None;
            }
            first
        }
        _ => return None,
    };
    let value = match kind_of(shape, member)? {
        Kind::String if values(shape, member).is_empty() => plain(text),
        Kind::Integer | Kind::Long => text.parse::<u32>().ok()?.to_string(),
        _ => return None,
    };
    Some(format!("{{{member}: {value}}}"))
}

fn kind_of(shape: &Shape, member: &str) -> Option<Kind> {
    Some(model().shape(shape.member_shape(member)?)?.kind)
}

fn values(shape: &Shape, member: &str) -> &'static [&'static str] {
    let inner = shape.member_shape(member).and_then(|name| model().shape(name));
    inner.map_or(&[], |inner| &inner.values)
}

/// `[HOST:]CONTAINER[/PROTOCOL]`, and a range of container ports (Compose file reference, `ports`).
fn port(text: &str) -> Option<String> {
    let (ports, protocol) = match text.split_once('/') {
        Some((ports, protocol)) => (ports, Some(protocol)),
        None => (text, None),
    };
    let number = |text: &str| text.parse::<u16>().ok();
    let mut members = match ports.split_once(':') {
        Some((host, container)) => {
            format!(
                "containerPort: {}, hostPort: {}",
                number(container)?,
                number(host)?
            )
        }
        None => match ports.split_once('-') {
            Some((from, to)) => format!("containerPortRange: {}-{}", number(from)?, number(to)?),
            None => format!("containerPort: {}", number(ports)?),
        },
    };
    match protocol {
        Some("tcp") | None => {}
        Some("udp") => members += ", protocol: udp",
        Some(_) => return None,
    }
    Some(format!("{{{members}}}"))
}

/// `VOLUME:PATH[:ro]`. A folder of the host is no volume's name.
fn mount(text: &str) -> Option<String> {
    let mut parts = text.split(':');
    let (volume, path) = (parts.next()?, parts.next()?);
    let mode = match (parts.next(), parts.next()) {
        (None, _) | (Some("rw"), None) => "",
        (Some("ro"), None) => ", readOnly: true",
        _ => return None,
    };
    let is_volume = volume.starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_volume && path.starts_with('/')).then(|| {
        format!(
            "{{sourceVolume: {}, containerPath: {}{mode}}}",
            plain(volume),
            plain(path)
        )
    })
}

/// A command line as the list that the API has: its words, or a shell that reads it where it needs one.
/// None where a quote is never closed.
pub(super) fn command(text: &str) -> Option<Vec<String>> {
    if text.contains(SHELL) {
        return Some(["sh", "-c", text].map(str::to_owned).to_vec());
    }
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().push(letters.next()?),
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}
