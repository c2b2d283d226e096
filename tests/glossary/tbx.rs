//! TBX in its forms.

use polypost::glossary::{Format, TbxForm};

use crate::{HARBOUR, listed, locale, read, without_places};

pub(crate) const FORMS: [TbxForm; 5] = [
    TbxForm::BasicDct,
    TbxForm::BasicDca,
    TbxForm::LinguistDct,
    TbxForm::LinguistDca,
    TbxForm::Martif,
];

#[test]
fn every_form_that_is_written_is_read_again() {
    let glossary = read(HARBOUR, Format::Csv);
    for form in FORMS {
        let written = glossary.to_tbx(form, &locale("en"));
        roxmltree::Document::parse(&written).expect("XML");
        let again = read(&written, Format::Tbx);
        assert_eq!(
            without_places(again),
            without_places(glossary.clone()),
            "{written}"
        );
    }
}

#[test]
fn a_form_says_what_it_is() {
    let glossary = read(
        "en,de,de:forbidden,part-of-speech\none,eins,ein,noun\n",
        Format::Csv,
    );
    insta::assert_snapshot!(glossary.to_tbx(TbxForm::LinguistDct, &locale("en")), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <tbx type="TBX-Linguist" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic" xmlns:ling="http://www.tbxinfo.net/ns/linguist">
      <tbxHeader><fileDesc><sourceDesc><p>polypost</p></sourceDesc></fileDesc></tbxHeader>
      <text>
        <body>
          <conceptEntry id="c1">
            <langSec xml:lang="en">
              <termSec><term>one</term><min:partOfSpeech>noun</min:partOfSpeech></termSec>
            </langSec>
            <langSec xml:lang="de">
              <termSec><term>eins</term><min:partOfSpeech>noun</min:partOfSpeech></termSec>
              <termSec><term>ein</term><min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
            </langSec>
          </conceptEntry>
        </body>
      </text>
    </tbx>
    "#);
    let basic = glossary.to_tbx(TbxForm::BasicDca, &locale("en"));
    assert!(basic.contains(r#"<tbx type="TBX-Basic" style="dca" xml:lang="en""#));
    assert!(basic.contains(r#"<termNote type="partOfSpeech">noun</termNote>"#));
}

#[test]
fn files_of_2019_are_read() {
    let glossary = read(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="TBXcoreStructV03.rng" type="application/xml"?>
<tbx style="dct" type="TBX-Linguist" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"
     xmlns:ling="http://www.tbxinfo.net/ns/linguist">
  <tbxHeader><fileDesc><sourceDesc><p>A harbour</p></sourceDesc></fileDesc></tbxHeader>
  <text><body>
    <conceptEntry id="c1">
      <min:subjectField>shipping</min:subjectField>
      <basic:definition>where ships &amp; boats lie</basic:definition>
      <note>mind the <hi>tide</hi></note>
      <langSec xml:lang="en">
        <ling:transferComment>none</ling:transferComment>
        <termSec>
          <term>ber<hi type="bold">th</hi></term>
          <min:partOfSpeech>noun</min:partOfSpeech>
          <basic:termType>fullForm</basic:termType>
          <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
          <ling:reading>burth</ling:reading>
        </termSec>
        <termSec>
          <term>mooring</term>
          <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus>
        </termSec>
      </langSec>
      <langSec xml:lang="de">
        <termSec>
          <term>Liege&#112;latz</term>
          <basic:context><![CDATA[Der <Liegeplatz> ist frei.]]></basic:context>
        </termSec>
        <termSec>
          <term>Anlegeplatz</term>
          <min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
        </termSec>
      </langSec>
    </conceptEntry>
  </body></text>
</tbx>"#,
        Format::Tbx,
    );
    insta::assert_snapshot!(listed(&glossary), @"
    noun Auto where ships & boats lie / mind the tide
      + en berth
      - en mooring
      + de Liegeplatz
      ~ de Anlegeplatz
    ");
    assert_eq!(glossary.concepts[0].place.line, 8);
}

#[test]
fn files_of_2008_are_read() {
    let glossary = read(
        r#"<?xml version="1.0"?>
<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">
<martif type="TBX" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
  <termEntry id="e1">
    <descripGrp><descrip type="definition">a boat with a sail</descrip></descripGrp>
    <descrip type="Translation needed">No</descrip>
    <langSet xml:lang="en-US"><ntig><termGrp><term>Sunfish</term>
      <termNote type="partOfSpeech">properNoun</termNote></termGrp></ntig></langSet>
    <langSet xml:lang="fr"><tig><term>Sunfish</term>
      <termNote type="administrativeStatus">obsolete</termNote></tig></langSet>
  </termEntry>
</body></text></martif>"#,
        Format::Tbx,
    );
    insta::assert_snapshot!(listed(&glossary), @"
    !noun Auto a boat with a sail
      + en-US Sunfish
      - fr Sunfish
    ");
}
