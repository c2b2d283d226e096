//! Law 3 for any reply: source, reply and a program of accidents, parted by U+0001.
#![no_main]

#[expect(dead_code, reason = "the bodies of all laws of HTML stand there")]
#[path = "../../tests/laws/html.rs"]
mod html;
#[path = "../../tests/laws/reply.rs"]
mod reply;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |byte| *byte == 1);
    let mut text = || parts.next().and_then(|part| std::str::from_utf8(part).ok());
    let (source, answer) = (text(), text());
    let program = parts.next().unwrap_or_default();
    if let (Some(source), Some(answer)) = (source, answer) {
        reply::codes_survive_any_reply(source, answer, program);
    }
});
