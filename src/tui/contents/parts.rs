//! The parts of an entry: whether it has one, whether it is a secret, what it is called, and its value.

use super::{Contents, Part, Unopenable};
use crate::model::{FieldValue, Id};
use crate::secret::Secret;
use crate::text::{Catalog, words};

impl Contents {
    /// True when the entry has this part.
    pub fn has(&self, id: Id, part: Part) -> bool {
        let Some(entry) = self.entry(id) else { return false };
        match part {
            Part::User => !entry.username().is_empty(),
            Part::Password => entry.password().is_some(),
            Part::Staged => !entry.staged().is_empty(),
            Part::Code => entry.otp().is_some(),
            Part::Address(number) => entry.urls().len() > number,
            Part::Notes => entry.notes().is_some(),
            Part::Field(number) => entry.fields().len() > number,
            Part::Link(number) => self.linked(id, number).is_some(),
            Part::Proposed(number) => self.proposed_of(id).len() > number,
            Part::File(number) => entry.files().len() > number,
            Part::Generated => false,
        }
    }

    /// True when the part is a secret.
    pub fn is_secret(&self, id: Id, part: Part) -> bool {
        match part {
            Part::User | Part::Address(_) | Part::Link(_) | Part::Proposed(_) | Part::File(_) => false,
            Part::Password | Part::Staged | Part::Code | Part::Notes | Part::Generated => true,
            Part::Field(number) => self
                .entry(id)
                .and_then(|entry| {
                    entry.fields().get(number).map(|field| matches!(field.value, FieldValue::Sealed(_)))
                })
                .unwrap_or(false),
        }
    }

    /// The label of a part; a custom field's own name comes from outside.
    pub fn label(&self, id: Id, part: Part, catalog: &Catalog) -> String {
        if let (Part::Field(number), Some(entry)) = (part, self.entry(id))
            && let Some(field) = entry.fields().get(number).filter(|field| !field.name.is_empty())
        {
            return words::field(field.name, catalog.lang)
                .map_or_else(|| field.name.to_owned(), str::to_owned);
        }
        (catalog.tui.part)(part)
    }

    /// Opens a part: plain text, or the sealed value, or the code of now.
    pub fn open_part(&self, id: Id, part: Part, now_ms: u64) -> Result<Secret, Unopenable> {
        let entry = self.entry(id).ok_or(Unopenable)?;
        let sealed = |envelope: Option<&[u8]>| {
            self.session.reveal_text(id, envelope.ok_or(Unopenable)?).map_err(|_| Unopenable)
        };
        match part {
            Part::User => Ok(Secret::copy_of(entry.username())),
            Part::Password => sealed(entry.password()),
            Part::Staged => sealed(entry.staged().last().map(|staged| staged.secret)),
            Part::Code => Ok(self.otp(id)?.code(now_ms / 1000)),
            Part::Address(number) => {
                entry.urls().get(number).map(|url| Secret::copy_of(url)).ok_or(Unopenable)
            }
            Part::Notes => sealed(entry.notes()),
            Part::Field(number) => match entry.fields().get(number).map(|field| field.value) {
                Some(FieldValue::Plain(value)) => Ok(Secret::copy_of(value)),
                Some(FieldValue::Sealed(envelope)) => sealed(Some(envelope)),
                None => Err(Unopenable),
            },
            Part::Link(_) | Part::Proposed(_) | Part::File(_) | Part::Generated => Err(Unopenable),
        }
    }
}
