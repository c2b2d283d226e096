use polypost::html::*;
use polypost::unit::*;
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let value = if text.starts_with('{') {
        let v: serde_json::Value = serde_json::from_str(&text).unwrap();
        v["content"]["rendered"].as_str().unwrap().to_owned()
    } else {
        text
    };
    let en: Locale = "en".parse().unwrap();
    let policy = Policy::new(en.clone());
    let e = extract(&value, Shape::Fragment, &policy).unwrap();
    for u in e.units() {
        println!("{} {} {:?}", u.number, u.element, u.source().to_tagged());
        for s in segments_of(u.source(), u.codes(), Segmentation::Sentence, &en) {
            println!("    - {}", s.source.to_tagged());
        }
    }
}
