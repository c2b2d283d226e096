//! `memory`: TMX in and out, statistics, removal, verification.

use crate::env::{Output, TestEnv};

const TMX: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="agency" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="en-US" datatype="html"/>
<body>
<tu><note>for doors</note>
<tuv xml:lang="en-US"><seg>Open</seg></tuv><tuv xml:lang="de"><seg>Öffnen</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>A <bpt i="1">&lt;b></bpt>red<ept i="1">&lt;/b></ept> house</seg></tuv>
<tuv xml:lang="de"><seg>Ein rotes Haus</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Close</seg></tuv></tu>
</body>
</tmx>
"#;

/// A project with the file, and with what importing it said.
fn import() -> (TestEnv, Output) {
    let env = TestEnv::new();
    env.write("polypost.toml", "source = \"en\"\ntargets = [\"de\"]\n");
    env.write("agency.tmx", TMX);
    let output = env.run("memory import agency.tmx").go().ok();
    (env, output)
}

fn imported() -> TestEnv {
    import().0
}

#[test]
fn an_import_tells_what_was_new_and_what_was_not_whole() {
    insta::assert_snapshot!(import().1, @"
    exit 0
    --- stderr
    2 translations read, 2 of them new.
    One unit gave nothing: it lacks a language that is wanted, or a text.
    In one translation, the tags are not those of the source; it was taken without them.
    ");
}

#[test]
fn tmx_goes_in_and_comes_out() {
    let env = imported();
    let output = env.run("memory export").go().ok();
    insta::assert_snapshot!(output.stdout, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
    <header creationtool="polypost" creationtoolversion="0.1.0" segtype="sentence" o-tmf="polypost" adminlang="en" srclang="*all*" datatype="html"/>
    <body>
    <tu srclang="en">
    <note>for doors</note>
    <prop type="x-state">reviewed</prop>
    <prop type="x-origin">agency.tmx</prop>
    <tuv xml:lang="en"><seg>Open</seg></tuv>
    <tuv xml:lang="de"><seg>Öffnen</seg></tuv>
    </tu>
    <tu srclang="en">
    <prop type="x-state">reviewed</prop>
    <prop type="x-origin">agency.tmx</prop>
    <tuv xml:lang="en"><seg>A <bpt i="1" x="1">&lt;g1&gt;</bpt>red<ept i="1">&lt;/g1&gt;</ept> house</seg></tuv>
    <tuv xml:lang="de"><seg>Ein rotes Haus</seg></tuv>
    </tu>
    </body>
    </tmx>
    "#);
    let said = env.run("memory export --out out/all.tmx").go().ok();
    assert_eq!(said.stderr, "2 translations written to out/all.tmx.\n");
    assert_eq!(env.read("out/all.tmx"), output.stdout);
    let none = env.run("memory export --from en --to fr").go().ok();
    assert!(!none.stdout.contains("<tu"), "{none}");
    assert!(none.stdout.contains("srclang=\"en\""), "{none}");

    let other = TestEnv::new();
    let tmx = output.stdout;
    let json = other
        .run("memory import - --format json")
        .stdin(tmx)
        .go()
        .ok();
    insta::assert_snapshot!(json.stdout, @r#"
    {
      "pairs": 2,
      "skipped": 0,
      "stored": 2,
      "units": 2,
      "without_codes": 1
    }
    "#);
    assert_eq!(
        other.files(),
        [".polypost/.gitignore", ".polypost/memory.db"]
    );
}

#[test]
fn what_is_there_already_is_not_taken_in_again() {
    let env = imported();
    let before = std::fs::read(env.path(".polypost/memory.db")).expect("a file");
    let output = env.run("memory import agency.tmx").go().ok();
    assert!(
        output
            .stderr
            .starts_with("2 translations read, nothing new.\n"),
        "{output}"
    );
    let after = std::fs::read(env.path(".polypost/memory.db")).expect("a file");
    assert_eq!(before, after);
}

#[test]
fn statistics_are_shown() {
    let env = imported();
    env.run("memory import agency.tmx --from en-GB --to de-AT --state machine --origin engine")
        .go()
        .ok();
    let output = env.run("memory stats").go().ok();
    let (counts, sum) = output.stdout.rsplit_once("\n4 ").expect("a sum");
    assert_eq!(
        counts,
        "en > de  2  reviewed  agency.tmx\nen-GB > de-AT  2  machine  engine"
    );
    assert!(
        sum.starts_with("translations, 0 contexts, 0 kept answers, "),
        "{sum}"
    );
    let json = env.run("memory stats --format json").go().ok();
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["pairs"][1]["state"], "machine");
    let empty = TestEnv::new();
    let output = empty.run("memory stats").go().ok();
    assert_eq!(
        output.stdout,
        "0 translations, 0 contexts, 0 kept answers, 0 kB\n"
    );
    assert_eq!(empty.files(), [""; 0]);
}

#[test]
fn translations_are_removed() {
    let env = imported();
    let output = env.run("memory prune").go().ok();
    assert_eq!(output.stderr, "Nothing to remove.\n");
    let output = env.run("memory prune --machine").go().ok();
    assert_eq!(output.stderr, "Nothing to remove.\n");
    let output = env.run("memory prune --keep 1 --from en --to de").go().ok();
    assert_eq!(output.stderr, "One translation removed.\n");
    let json = env
        .run("memory prune --origin agency.tmx --format json")
        .go()
        .ok();
    assert_eq!(json.stdout, "{\n  \"removed\": 1\n}\n");
    let output = env.run("memory prune --from en").go().exits(2);
    assert!(output.stderr.contains("belong together"), "{output}");
}

#[test]
fn what_is_wrong_is_told_and_exits_with_1() {
    let env = imported();
    let output = env.run("memory verify").go().ok();
    assert_eq!(output.stderr, "2 translations checked, all is well.\n");
    let file = rusqlite::Connection::open(env.path(".polypost/memory.db")).expect("a file");
    file.execute(
        "UPDATE variant SET target_codes = x'000101' WHERE id = 2",
        [],
    )
    .expect("changed");
    drop(file);
    let output = env.run("memory verify").go().exits(1);
    insta::assert_snapshot!(output, @"
    exit 1
    --- stdout
    2  the tags of the translation are not those of its source
    --- stderr
    2 translations checked, one fault.
    Hint: Move the file away, or remove what is damaged and take it in anew; “polypost memory export” writes what can be read.
    ");
    let json = env.run("memory verify --format json").go().exits(1);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["faults"][0]["kind"], "codes");
}

#[test]
fn a_file_that_is_no_tmx_is_refused_with_its_line() {
    let env = imported();
    env.write(
        "bad.tmx",
        TMX.replace("Close", "Ajar").replace("</body>", "</bdy>"),
    );
    let output = env.run("memory import bad.tmx").go().exits(3);
    insta::assert_snapshot!(output, @"
    exit 3
    --- stderr
    Error: bad.tmx can't be used.
    Caused by: Line 11: ill-formed document: expected `</body>`, but `</bdy>` was found
    Hint: What stands before this line is in the memory now; the same command takes in the rest of the corrected file.
    ");
    env.write("bad.tmx", "<html></html>");
    let output = env.run("memory import bad.tmx").go().exits(3);
    assert!(
        output.stderr.contains("is not TMX: it begins with “html”"),
        "{output}"
    );
    env.run("memory import missing.tmx").go().exits(3);
    env.run("memory import agency.tmx --to nonsense?")
        .go()
        .exits(2);
    env.run("memory import").go().exits(2);
    env.write(".polypost/memory.db", "no database ".repeat(900));
    let output = env.run("memory stats").go().ok();
    assert!(output.stderr.contains("memory.db.damaged-1"), "{output}");
}
