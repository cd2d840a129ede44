//! Reads XML replies as values: of the members that a shape names, and no others.

use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};

use crate::model::{Object, Value};

/// What an element holds. Shapes are constants, so that the depth of a reply doesn't matter.
#[derive(Debug)]
pub(super) enum XmlShape {
    /// A text.
    Text,
    /// Elements of this name, each of which holds the shape.
    List(&'static str, &'static XmlShape),
    /// Elements by name.
    Structure(&'static [(&'static str, XmlShape)]),
}

/// Reads the root element. None if the reply is not XML.
pub(super) fn read(reply: &[u8], shape: &XmlShape) -> Option<Value> {
    let mut document = Document::try_from(reply).ok()?;
    let mut root = document.root_element().ok()?;
    value(&mut root, shape).ok()
}

fn value(element: &mut ScopedDecoder<'_, '_>, shape: &XmlShape) -> Result<Value, XmlDecodeError> {
    match shape {
        XmlShape::Text => Ok(Value::from(try_data(element)?.as_ref())),
        XmlShape::List(name, of) => {
            let mut items = Vec::new();
            while let Some(mut tag) = element.next_tag() {
                if tag.start_el().matches(name) {
                    items.push(value(&mut tag, of)?);
                }
            }
            Ok(items.into())
        }
        XmlShape::Structure(shapes) => {
            let mut members = Object::new();
            while let Some(mut tag) = element.next_tag() {
                let known = shapes.iter().find(|(name, _)| tag.start_el().matches(name));
                if let Some((name, shape)) = known {
                    members.insert((*name).to_owned(), value(&mut tag, shape)?);
                }
            }
            Ok(members.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::XmlShape::{List, Structure, Text};
    use super::*;

    const SHAPE: XmlShape = Structure(&[
        ("name", Text),
        (
            "set",
            List("item", &Structure(&[("id", Text), ("ids", List("item", &Text))])),
        ),
    ]);

    #[test]
    fn members_of_the_shape_are_read() {
        let xml = "<?xml version=\"1.0\"?><Reply xmlns=\"http://x/\"><other><id>1</id></other><name>a &amp; b</name>\
                   <set><item><id>s-1</id><ids><item>x</item><item>y</item></ids></item><item/></set></Reply>";
        let expected = json!({"name": "a & b", "set": [{"id": "s-1", "ids": ["x", "y"]}, {}]});
        assert_eq!(read(xml.as_bytes(), &SHAPE), Some(expected));
    }

    #[test]
    fn what_is_not_xml_has_no_value() {
        for text in ["", "{}", "<html", "<Reply><name><b/></name></Reply>"] {
            assert_eq!(read(text.as_bytes(), &SHAPE), None, "{text}");
        }
        assert_eq!(read(&[0xff, 0xfe], &SHAPE), None);
    }

    proptest! {
        #[test]
        fn no_reply_panics(text in "(<|>|/|name|set|item|ids|&|;|\"|[a-z]| |<name>|</name>|<set>|</set>|<item>|</item>){0,60}") {
            let _ = read(text.as_bytes(), &SHAPE);
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes, &SHAPE);
        }
    }
}
