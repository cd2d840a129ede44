//! Makes text from outside safe to show: nothing in it controls the terminal, and no known secret remains.
//! Every text that is printed passes through here, before it is cut or wrapped.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use serde_json::Value;

use crate::diagnostic::clean;
use crate::model::{MASK, mask_url_passwords};
use crate::schema::mask_secrets;

/// The minimum length in bytes of what is recognized as the beginning of a secret.
const SHORTEST_CUT: usize = 4;

/// What stands where a text was cut.
const CUT: char = '…';

/// What this process never shows. It is process-wide, as its output is.
static HIDDEN: RwLock<HiddenValues> = RwLock::new(HiddenValues {
    secrets: Vec::new(),
    shows_urls: false,
});

struct HiddenValues {
    /// The longest first.
    secrets: Vec<String>,
    /// Whether passwords in URLs are shown.
    shows_urls: bool,
}

/// Hides these values in everything that is printed from now on.
pub fn hide(secrets: impl IntoIterator<Item = String>) {
    let mut hidden = HIDDEN.write().unwrap_or_else(PoisonError::into_inner);
    hidden
        .secrets
        .extend(secrets.into_iter().filter(|it| !it.is_empty()).flat_map(forms));
    hidden
        .secrets
        .sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    hidden.secrets.dedup();
}

/// Returns a secret as it is, as it is shown, and as programs quote it: Docker in its errors (Go's `%q`, which escapes
/// what JSON escapes), shells within single quotes.
fn forms(secret: String) -> Vec<String> {
    let escaped = serde_json::to_string(&secret).unwrap_or_default();
    let escaped = escaped.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let mut forms = vec![secret.replace('\'', r"'\''")];
    forms.extend(escaped.map(str::to_owned));
    forms.push(secret);
    let cleaned: Vec<String> = forms.iter().map(|form| clean(form).into_owned()).collect();
    forms.extend(cleaned.into_iter().filter(|form| !form.is_empty()));
    forms
}

/// Shows passwords in URLs (`--show-values`).
pub fn show_url_passwords() {
    HIDDEN.write().unwrap_or_else(PoisonError::into_inner).shows_urls = true;
}

/// Returns one line of text as it may be shown.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) => masked(text),
        Cow::Owned(text) => Cow::Owned(masked(&text).into_owned()),
    }
}

/// Replaces the secrets in a text.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let hidden = HIDDEN.read().unwrap_or_else(PoisonError::into_inner);
    match without_cut_secret(mask_secrets(text, &hidden.secrets), &hidden.secrets) {
        text if hidden.shows_urls => text,
        Cow::Borrowed(text) => mask_url_passwords(text),
        Cow::Owned(text) => Cow::Owned(mask_url_passwords(&text).into_owned()),
    }
}

/// Replaces each secret that lost its end where a text was cut.
fn without_cut_secret<'a>(text: Cow<'a, str>, secrets: &[String]) -> Cow<'a, str> {
    if secrets.is_empty() || !text.contains(CUT) {
        return text;
    }
    let pieces: Vec<&str> = text.split(CUT).collect();
    let last = pieces.len() - 1;
    let shown = pieces.iter().enumerate().map(|(index, piece)| {
        match cut_secret(piece, secrets).filter(|_| index < last) {
            Some(length) => format!("{}{MASK}", &piece[..piece.len() - length]),
            None => (*piece).to_owned(),
        }
    });
    Cow::Owned(shown.collect::<Vec<_>>().join(&CUT.to_string()))
}

/// Returns the length in bytes of the beginning of a secret that a text ends with.
fn cut_secret(text: &str, secrets: &[String]) -> Option<usize> {
    secrets.iter().find_map(|secret| {
        let ends = secret.char_indices().map(|(at, _)| at);
        let mut ends = ends.rev().take_while(|at| *at >= SHORTEST_CUT);
        ends.find(|end| text.ends_with(&secret[..*end]))
    })
}

/// Replaces the secrets in each text of a document.
pub(super) fn mask_document(document: &mut Value) {
    match document {
        Value::String(text) => {
            if let Cow::Owned(masked) = masked(text) {
                *text = masked;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask_document),
        Value::Object(members) => members.values_mut().for_each(mask_document),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hidden_values_are_replaced_everywhere() {
        hide([
            "planted-mask-1".to_owned(),
            "planted-mask-12".to_owned(),
            String::new(),
        ]);
        let text = "a planted-mask-12 b http://u:p@h \u{1b}[31mplanted-mask-1";
        assert_eq!(shown(text), "a ******** b http://u:********@h ********");
        assert_eq!(shown("cut: planted-mas…"), "cut: ********…");
        assert_eq!(shown("cut: a…"), "cut: a…");
        assert_eq!(
            shown("a… planted-mas…, planted-mask-1 …"),
            "a… ********…, ******** …"
        );
        let mut document = json!({"a": ["planted-mask-1"], "b": 1});
        mask_document(&mut document);
        assert_eq!(document, json!({"a": ["********"], "b": 1}));
    }

    #[test]
    fn quoted_and_cleaned_secrets_are_replaced_too() {
        hide(["pl\tanted \"it's\" me".to_owned()]);
        for form in [
            "pl\tanted \"it's\" me",
            r#"pl\tanted \"it's\" me"#,
            r#"pl anted "it's" me"#,
            "pl\tanted \"it'\\''s\" me",
        ] {
            assert_eq!(masked(&format!("<{form}>")), "<********>", "{form}");
            assert_eq!(shown(&format!("<{form}>")), "<********>", "{form}");
        }
    }
}
