//! A file that a draft is made of.

use super::go_template::{MaskedFile, TemplateSource, Translate, mask};
use super::open_values::OpenValues;
use crate::config::{ConfigError, ForeignFile, invalid_file};
use crate::diagnostic::Problem;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name, as the user would type it.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl SourceFile {
    /// Chooses marks for the values in files.
    pub(super) fn open_values(files: &[&Self]) -> Result<OpenValues, ConfigError> {
        let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
        let name = files.first().map_or("", |file| file.name.as_str());
        OpenValues::of(&texts).ok_or_else(|| {
            invalid_file(name, "", 0..0, |span| {
                let message = "the file has every letter of Latin Extended-A and B";
                Problem::error("unreadable-file", message, span)
            })
        })
    }

    /// Parses the file, with marks in the place of its templates.
    pub(super) fn masked(
        &self,
        values: &mut OpenValues,
        translate: Translate<'_>,
    ) -> Result<(ForeignFile, MaskedFile), ConfigError> {
        let is_yaml = [".yml", ".yaml"]
            .iter()
            .any(|extension| self.name.ends_with(extension));
        let source = TemplateSource {
            name: &self.name,
            text: &self.text,
            is_yaml: is_yaml && !self.text.trim_start().starts_with('{'),
        };
        let masked = mask(source, values, translate).map_err(|fault| {
            invalid_file(&self.name, &self.text, fault.range, |span| {
                Problem::error("template", "invalid template", span).label(fault.message)
            })
        })?;
        let file = ForeignFile::parse(&self.name, &self.text, &masked.text)?;
        Ok((file, masked))
    }
}
