//! Conditions and loops: what follows one stays in the file, what follows `else` doesn't, and a person gets to know.

use super::action::TemplateAction;
use super::control::ControlWord;
use super::mask::{Masker, OpenControl};
use super::masked_file::TemplateFault;
use super::scan::ScannedAction;

impl Masker<'_> {
    /// Masks a word of control, and returns the last action that belongs to it.
    pub(super) fn control(
        &mut self,
        word: ControlWord,
        actions: &[ScannedAction],
        nth: usize,
    ) -> Result<usize, TemplateFault> {
        let action = &actions[nth];
        if word.opens() && !self.is_left_out() && self.is_within_text(&action.range) {
            return self.inside_text(actions, nth);
        }
        match word {
            _ if word.opens() => {
                if !self.is_left_out() {
                    self.report(action);
                }
                self.open.push(OpenControl {
                    action: action.clone(),
                    is_left_out: word == ControlWord::Define,
                });
            }
            ControlWord::Else => match self.open.last_mut() {
                Some(open) => open.is_left_out = true,
                None => return Err(TemplateFault::of(action, "it belongs to no `{{ if }}`")),
            },
            ControlWord::End => {
                self.blank(action.range.end);
                match self.open.pop() {
                    Some(_) => return Ok(nth),
                    None => return Err(TemplateFault::of(action, "it ends nothing")),
                }
            }
            _ => {}
        }
        self.blank(action.range.end);
        Ok(nth)
    }

    fn report(&mut self, action: &ScannedAction) {
        let written = self.source.text.get(action.range.clone()).unwrap_or_default();
        let control = (self.place(action.range.start), written.to_owned());
        self.masked.controls.push(control);
    }

    /// Masks a condition or loop inside a value, up to its end.
    fn inside_text(&mut self, actions: &[ScannedAction], nth: usize) -> Result<usize, TemplateFault> {
        let end = self
            .end_of(actions, nth)
            .ok_or_else(|| TemplateFault::of(&actions[nth], "it has no `{{ end }}`"))?;
        let whole = ScannedAction {
            range: actions[nth].range.start..actions[end].range.end,
            trims_after: actions[end].trims_after,
            ..actions[nth].clone()
        };
        let value = self.unknown(whole.range.clone());
        self.mark(&whole, value)?;
        Ok(end)
    }

    fn end_of(&self, actions: &[ScannedAction], nth: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, action) in actions.iter().enumerate().skip(nth) {
            let inner = self.source.text.get(action.inner.clone())?;
            match TemplateAction::of(inner) {
                TemplateAction::Control(word) if word.opens() => depth += 1,
                TemplateAction::Control(ControlWord::End) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }
}
