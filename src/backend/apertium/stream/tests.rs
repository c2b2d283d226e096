use proptest::prelude::*;

use super::*;

/// Fragments with every kind of code, of text that is hard on the format.
fn fragments() -> impl Strategy<Value = Fragment> {
    let text = proptest::collection::vec(
        prop_oneof![
            Just("\\"),
            Just("["),
            Just("]"),
            Just("[["),
            Just("[[/]]"),
            Just(" "),
            Just("a"),
            Just("B."),
            Just("^"),
            Just("$"),
            Just("/"),
            Just("<b>"),
            Just("{"),
            Just("@"),
            Just("~"),
            Just("*"),
            Just("\u{a0}"),
            Just("\n "),
            Just("é"),
            Just("😀"),
            Just("x1"),
            Just(".[]"),
        ],
        0..6,
    );
    proptest::collection::vec((text, 0..4_u8), 0..6).prop_map(|parts| {
        let mut fragment = Fragment::default();
        let mut code = 0;
        for (text, kind) in parts {
            // White space comes collapsed.
            let text = text.concat().replace("  ", " ");
            code += 1;
            match kind {
                0 => fragment.push_protected(code, &text),
                1 => {
                    fragment.push_mark(MarkKind::Open, code);
                    fragment.push_text(&text);
                    fragment.push_mark(MarkKind::Close, code);
                }
                2 => {
                    fragment.push_text(&text);
                    fragment.push_mark(MarkKind::Standalone, code);
                }
                _ => fragment.push_text(&text),
            }
        }
        fragment
    })
}

proptest! {
    #[test]
    fn an_engine_that_changes_nothing_gives_the_source(fragment in fragments(), number in 0..300_usize) {
        for protected in [Protected::Word, Protected::Blank] {
            let Some(frame) = Frame::encode(&fragment, number, protected) else { continue };
            let (text, alignment) = frame.decode(&frame.stream, false).expect("an answer");
            if !fragment.text().contains("  ") {
                prop_assert_eq!(&text, fragment.text());
                for link in alignment {
                    prop_assert_eq!(&text[link.target], &fragment.text()[link.source]);
                }
            }
        }
    }

    #[test]
    fn an_answer_of_any_kind_is_read_without_panic(fragment in fragments(), answer in r"(\[\[[1-4](; ?[1-4])?\]\](x|é| |\[y\]|\\|\[x1\]){0,3}\[\[/\]\]|\[\[|\]\]|\[/|[0-9; ]|\[|\]|\\|é|x){0,20}(\[\])?") {
        if let Some(frame) = Frame::encode(&fragment, 0, Protected::Word)
            && let Ok((text, alignment)) = frame.decode(&format!("[0]{answer}"), false)
        {
            for link in alignment {
                prop_assert!(text.get(link.target).is_some());
                prop_assert!(fragment.text().get(link.source).is_some());
            }
        }
    }
}
