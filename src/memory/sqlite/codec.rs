//! The codes of a fragment as bytes, beside its text.
//!
//! For each mark: how far behind the one before it stands, in bytes; its kind; the number of its
//! code; and the length of a protected span. All but the kind, which is one byte, are written in
//! groups of seven bits, the lowest first (LEB128).

use crate::unit::{CodeId, Fragment, MarkKind};

/// Appends a number in groups of seven bits.
pub(super) fn push_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Takes a number from the beginning of `bytes`; none where there is none.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            *bytes = &bytes[at + 1..];
            return Some(number);
        }
    }
    None
}

/// The codes of a fragment; none where it has none.
pub(super) fn packed(fragment: &Fragment) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(fragment.marks().len() * 4);
    let mut at = 0;
    for mark in fragment.marks() {
        push_number((mark.at - at) as u64, &mut out);
        at = mark.at;
        let (kind, len) = match mark.kind {
            MarkKind::Open => (0, None),
            MarkKind::Close => (1, None),
            MarkKind::Standalone => (2, None),
            MarkKind::Lone => (3, None),
            MarkKind::Protected { len } => (4, Some(len)),
        };
        out.push(kind);
        push_number(u64::from(mark.code), &mut out);
        if let Some(len) = len {
            push_number(len as u64, &mut out);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The fragment with this text and these codes; none where they don't fit together.
pub(super) fn unpacked(text: &str, codes: &[u8]) -> Option<Fragment> {
    let mut fragment = Fragment::default();
    let mut rest = codes;
    // Where the mark before stands, and how far the text is written.
    let (mut at, mut written) = (0_usize, 0_usize);
    while !rest.is_empty() {
        at = at.checked_add(usize::try_from(take_number(&mut rest)?).ok()?)?;
        let (kind, tail) = rest.split_first()?;
        rest = tail;
        let code = CodeId::try_from(take_number(&mut rest)?).ok()?;
        fragment.push_text(text.get(written..at)?);
        written = at;
        match kind {
            0 => fragment.push_mark(MarkKind::Open, code),
            1 => fragment.push_mark(MarkKind::Close, code),
            2 => fragment.push_mark(MarkKind::Standalone, code),
            3 => fragment.push_mark(MarkKind::Lone, code),
            4 => {
                let len = usize::try_from(take_number(&mut rest)?).ok()?;
                written = at.checked_add(len)?;
                fragment.push_protected(code, text.get(at..written)?);
            }
            _ => return None,
        }
    }
    fragment.push_text(text.get(written..)?);
    Some(fragment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked_again() {
        let mut fragment = Fragment::plain("Lies ");
        fragment.push_mark(MarkKind::Open, 1);
        fragment.push_protected(300, "die Böe");
        fragment.push_mark(MarkKind::Close, 1);
        fragment.push_mark(MarkKind::Lone, 2);
        fragment.push_text(&" und so weiter".repeat(50));
        fragment.push_mark(MarkKind::Standalone, u32::MAX);
        let codes = packed(&fragment).expect("codes");
        assert_eq!(unpacked(fragment.text(), &codes), Some(fragment));
        assert_eq!(packed(&Fragment::plain("a")), None);
        assert_eq!(unpacked("a", &[]), Some(Fragment::plain("a")));
    }

    proptest::proptest! {
        #[test]
        fn damaged_bytes_are_noticed_or_read_but_never_a_panic(
            text in ".{0,12}",
            codes in proptest::collection::vec(0_u8..8, 0..24),
        ) {
            if let Some(fragment) = unpacked(&text, &codes) {
                proptest::prop_assert_eq!(fragment.text(), text);
            }
        }
    }
}
