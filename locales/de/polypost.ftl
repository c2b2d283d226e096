# Deutsch. Die Referenz ist locales/en. Anrede wird vermieden: Aufforderungen stehen im Infinitiv.
# Beitrag = post, Einheit = unit, Segment = segment, Feld = field, Ausgabe = output.

## Beschriftungen und Überschriften

label-error = Fehler:
label-warning = Warnung:
label-cause = Ursache:
label-hint = Tipp:
heading-usage = Aufruf:
heading-commands = Befehle
heading-arguments = Argumente
heading-options = Optionen

## Befehle

command-polypost = Lokalisiert WordPress-Beiträge und HTML so, dass im Diff nur die Sprache wechselt.
command-translate = Beiträge übersetzen.
command-extract = Zeigen, was übersetzt würde: Einheiten, Segmente, Codes.
command-backends = Zeigen, welche Backends hier nutzbar sind und was den anderen fehlt.
command-models = Die Modelle der eingebauten Engine verwalten.
command-models-list = Modelle auflisten: installierte und solche, die ein Spiegel anbietet.
command-models-get = Modelle holen und installieren.
command-models-verify = Installierte Modelle prüfen: die Dateien, und ob die Engine sie nutzen kann.
command-models-remove = Modelle entfernen.
command-memory = Das Übersetzungsgedächtnis verwalten: frühere Übersetzungen.
command-memory-import = Übersetzungen aus TMX-Dateien in das Gedächtnis aufnehmen.
command-memory-export = Das Gedächtnis als TMX 1.4b schreiben.
command-memory-stats = Zählen, was im Gedächtnis ist.
command-memory-prune = Übersetzungen aus dem Gedächtnis entfernen: die in allen ihren Kontexten ersetzten und die, die die Optionen nennen.
command-memory-verify = Das Gedächtnis prüfen: die Datei, jeden Text und jedes Tag.
command-glossary = Mit den Glossaren des Projekts arbeiten.
command-glossary-check = Glossare auf Doppeltes, Widersprüche und Lücken prüfen.
command-completions = Ein Skript zur Befehlsergänzung für eine Shell ausgeben.
command-man = Die Handbuchseite ausgeben oder alle in einen Ordner schreiben.

examples-polypost =
    Beispiele:
      polypost translate post.json --to es
      polypost extract post.json

    „polypost BEFEHL --help“ erklärt einen Befehl.
examples-translate =
    Beispiele:
      polypost translate post.json --from en --to es
          schreibt es/post.json, übersetzt vom installierten Apertium
      polypost translate posts/ --to de,es --backend exec:./engine.sh
          fragt ein eigenes Programm
      polypost translate page.html --to es --stdout | diff page.html -
          zeigt, was sich ändert

    Rückgabewerte: 0 fertig, 1 etwas wurde nicht übersetzt, 2 falscher Aufruf
    oder falsche Konfiguration, 3 Dateien, 4 Schlüssel oder Kontingent
    abgelehnt, 130 und 143 bei Signalen. Ab 2 wird nichts geschrieben.
examples-extract =
    Beispiele:
      polypost extract post.json
      polypost extract page.html --format jsonl | jq .plain
examples-backends =
    Beispiel:
      polypost backends --format json
examples-models =
    Beispiele:
      polypost models get en-de --from-mirror https://models.example/firefox
      polypost models list

    Die Modelle liegen in dem Ordner, den POLYPOST_MODELS nennt oder „folder“
    unter „[models]“ in polypost.toml, sonst im Datenordner des Benutzers.
examples-models-list =
    Beispiel:
      polypost models list --format json
examples-models-get =
    Beispiele:
      polypost models get en-de en-es --from-mirror https://models.example/firefox
      polypost models get en-de --mozilla

    Ohne „--from-mirror“ und „--mozilla“ kommen die Modelle von „url“ unter
    „[models]“ in polypost.toml.
examples-models-verify =
    Beispiel:
      polypost models verify en-de
examples-models-remove =
    Beispiel:
      polypost models remove en-de
examples-memory =
    Beispiele:
      polypost memory import agency.tmx
      polypost memory export --out memory.tmx
      polypost memory stats

    Das Gedächtnis ist .polypost/memory.db im Projekt.
examples-memory-import =
    Beispiele:
      polypost memory import agency.tmx --from en --to de
      polypost memory import engine.tmx --state machine --origin engine

    Mit „--from“ und „--to“ zählen Regionen nicht: en-US wird als en
    aufgenommen. Was schon im Gedächtnis ist, kommt nicht noch einmal hinein.
examples-memory-export =
    Beispiele:
      polypost memory export --out memory.tmx
      polypost memory export --from en --to de | xmllint --noout -
examples-memory-stats =
    Beispiel:
      polypost memory stats --format json
examples-memory-prune =
    Beispiele:
      polypost memory prune
      polypost memory prune --machine --origin deepl
      polypost memory prune --keep 100000 --from en --to de

    Mehrere Optionen müssen zugleich zutreffen.
examples-memory-verify =
    Beispiel:
      polypost memory verify
examples-glossary =
    Beispiel:
      polypost glossary check

    Glossare sind CSV-, TSV- oder TBX-Dateien. Welche verwendet werden, steht
    unter „glossary“ in polypost.toml oder hinter „--glossary“ von
    „polypost translate“.
examples-glossary-check =
    Beispiele:
      polypost glossary check
      polypost glossary check terms.tbx --format json

    Rückgabewerte: 0 alles in Ordnung, 1 es gibt Mängel, 2 falscher Aufruf
    oder falsche Konfiguration, 3 eine Datei ist nicht lesbar.
examples-completions =
    Beispiel:
      polypost completions bash \
          > ~/.local/share/bash-completion/completions/polypost
examples-man =
    Beispiel:
      polypost man --out /usr/local/share/man/man1

## Argumente

value-command = BEFEHL
value-options = OPTIONEN
# Anmerkungen hinter der Hilfe zu einer Option
help-values = [Werte: { $values }]
help-default = [Vorgabe: { $value }]
help-env = [Umgebung: { $name }]
help-files = Beiträge, die gelesen werden: JSON-Dateien (ein Beitrag, ein Array, JSON Lines) oder HTML-Dateien, Ordner, Suchmuster oder „-“ für die Standardeingabe. Ohne Angabe: die Beiträge aus polypost.toml.
value-files = DATEI
help-to = Gewünschte Sprachen als BCP-47-Tags, durch Kommas getrennt: de,pt-BR.
value-to = SPRACHEN
help-from = Sprache des Textes. Ohne Angabe gilt polypost.toml, sonst der Text selbst, nie die Adresse.
value-from = SPRACHE
help-backend = Was übersetzt: local, apertium, deepl, google, azure, libretranslate, openai, anthropic, exec:COMMAND, pseudo oder identity; hinter einem Doppelpunkt die URL eines Servers. Mehr zeigt „polypost backends“.
value-backend = BACKEND
help-glossary = Glossar: CSV, TSV oder TBX; mehrfach möglich. Gilt statt der Glossare in polypost.toml.
value-glossary = DATEI
help-max-chars = Höchstens so viele Zeichen senden; der Rest behält seinen Ausgangstext.
value-max-chars = ANZAHL
help-frozen = Nichts anfragen: mit Exit-Code 5 abbrechen, wenn etwas nicht übersetzt ist. Für CI.
help-retranslate = Neu übersetzen, was eine Maschine übersetzt hat (machine), was ein Mensch zu einer anderen Quelle geschrieben hat (stale), oder beides (all). Was Menschen geschrieben oder freigegeben haben, wird nie ersetzt.
value-retranslate = WAS
help-look-up = Wo ein Dienst nicht sagt, welche Wörter der Übersetzung für welche stehen, auch den Text zwischen den Tags übersetzen lassen und im Ganzen suchen. Solche Sätze kosten etwa das Doppelte, die Tags stehen dafür besser.
help-field = Feld eines Beitrags, das Text enthält, statt der üblichen Felder; mehrfach möglich. Die Art ist html, text oder url; ohne sie entscheidet der Wert.
value-field = PFAD[=ART]
help-exclude = CSS-Selektor für Elemente, die unverändert bleiben; mehrfach möglich.
value-exclude = SELEKTOR
help-code-class = Klasse von <pre>-Elementen, die Programmcode enthalten; mehrfach möglich.
value-code-class = KLASSE
help-segmentation = Was als ein Text verschickt wird: ein Satz (Vorgabe) oder ein ganzer Block.
value-segmentation = WIE
help-links = Welche Links im Inhalt der Sprache folgen: nur die zu Beiträgen, die ebenfalls übersetzt werden (Vorgabe), alle oder keine.
value-links = WELCHE
help-hreflang = Fehlende Verweise auf die anderen Sprachfassungen (hreflang) in den Kopf der Seiten einfügen.
help-site = Adresse der Startseite, ohne Sprache: https://example.com/blog.
value-site = URL
help-output = Pfad einer Ausgabe im Projekt, mit {"{lang}"}, {"{path}"}, {"{dir}"}, {"{stem}"}, {"{ext}"} und {"{slug}"}. Die Vorgabe ist {"{lang}/{path}"}.
value-output = MUSTER
help-out = In diese Datei oder unter diesen Ordner schreiben.
value-out = PFAD
help-stdout = Auf die Standardausgabe schreiben: ein Beitrag, eine Sprache.
help-show = Jeden Text vorher und nachher zeigen.
help-dry-run = Zählen, was verschickt würde. Es wird nichts verschickt oder geschrieben.
help-force = Auch Ausgaben überschreiben, die nicht von polypost stammen oder seither bearbeitet wurden.
help-usage = DeepL fragen, wie viele Zeichen des Kontos verbraucht und erlaubt sind.
help-format = Form der Ausgabe.
value-format = FORMAT
help-pairs = Modelle, nach ihren Sprachen benannt: en-de, en-zh-Hant.
value-pairs = PAAR
help-from-mirror = Modelle von diesem Spiegel holen: einer Adresse oder einem Ordner mit Verzeichnis.
value-from-mirror = ADRESSE
help-mozilla = Modelle von Mozilla selbst holen; deren Server sind für Firefox da: nur zum Ausprobieren.
help-folder = Ordner der Modelle.
value-folder = ORDNER
help-tmx-files = Zu lesende TMX-Dateien, oder „-“ für die Standardeingabe.
value-tmx-files = DATEI
help-source-language = Sprache der Ausgangstexte.
value-source-language = SPRACHE
help-target-languages = Sprachen der Übersetzungen, durch Kommas getrennt.
value-target-languages = SPRACHEN
help-state = Ob Menschen die Übersetzungen gesehen haben, wo die Datei es nicht sagt.
value-state = STATUS
help-named-origin = Woher die Übersetzungen sind, wo die Datei es nicht sagt. Vorgabe ist ihr Name.
value-named-origin = NAME
help-tmx-out = In diese Datei schreiben statt auf die Standardausgabe.
value-tmx-out = DATEI
help-keep = Alle bis auf so viele zuletzt aufgenommene entfernen.
value-keep = ZAHL
help-machine = Die entfernen, die kein Mensch gesehen hat.
help-of-origin = Die von dieser Herkunft entfernen.
value-of-origin = NAME
help-glossaries = Glossare, die geprüft werden: Dateien oder Suchmuster. Ohne Angabe: die aus polypost.toml.
value-glossaries = DATEI
help-shell = Shell, für die das Skript gedacht ist.
value-shell = SHELL
help-directory = Ordner, in den die Seiten geschrieben werden.
value-directory = ORDNER
help-config = Konfigurationsdatei statt der nächstgelegenen polypost.toml.
value-config = DATEI
help-lang = Sprache der Meldungen: en, de, es oder fr.
value-lang = SPRACHE
help-quiet = Nur Warnungen und Fehler.
help-verbose = Über jedes Segment berichten; mit -vvv auch dessen Text zeigen.
help-no-progress = Kein Fortschrittsbalken.
help-color = Wann Farben verwendet werden.
value-color = WANN
help-help = Hilfe zeigen.
help-version = Version zeigen.

## Fehler auf der Befehlszeile

error-argument-unknown = Die Option „{ $argument }“ gibt es nicht.
error-argument-unexpected = „{ $argument }“ gehört hier nicht hin.
error-argument-missing = Es fehlt: { $argument }.
error-argument-conflict = „{ $argument }“ verträgt sich nicht mit „{ $other }“.
error-argument-twice = „{ $argument }“ darf nur einmal vorkommen.
error-arguments = Die Befehlszeile ist nicht zu verstehen: { $detail }.
error-command-unknown = Den Befehl „{ $command }“ gibt es nicht.
error-command-missing = Es fehlt ein Befehl.
error-value-missing = „{ $argument }“ braucht einen Wert.
error-value =
    { $valid ->
        [none] „{ $value }“ ist kein gültiger Wert für { $argument }.
       *[other] „{ $value }“ ist kein gültiger Wert für { $argument }. Gültig sind: { $valid }.
    }
hint-help = „--help“ zeigt Befehle und Optionen.
hint-did-you-mean = War „{ $name }“ gemeint?
error-locale = „{ $tag }“ ist kein Sprach-Tag.
hint-locale = Gemeint sind Sprach-Tags nach BCP 47: de, pt-BR, zh-Hant.
error-no-target = Es ist keine Zielsprache angegeben.
hint-no-target = Zielsprachen mit „--to es“ oder mit „targets“ in polypost.toml angeben.
error-no-files = Es gibt nichts zu übersetzen.
hint-no-files = Dateien oder Ordner angeben oder mit „posts“ in polypost.toml festlegen, welche Beiträge zum Projekt gehören.
error-no-glossary = Es gibt kein Glossar zu prüfen.
hint-no-glossary = Dateien angeben oder mit „glossary“ in polypost.toml festlegen, welche Glossare zum Projekt gehören.
error-glob = „{ $pattern }“ ist kein gültiges Suchmuster: { $detail }
error-no-match = Auf „{ $pattern }“ passt keine Datei.
error-language-unknown = Die Sprache des Textes ist nicht zu erkennen.
hint-language-unknown = Die Sprache mit „--from en“ oder mit „source“ in polypost.toml angeben.
language-identified = Die Sprache des Textes ist offenbar „{ $language }“; falls nicht, hilft „--from“.
error-stdout-one = Auf die Standardausgabe passen nur eine Datei und eine Sprache.
hint-stdout-one = Ohne „--stdout“ entstehen Dateien; sonst polypost für jede Datei und Sprache einzeln aufrufen.
error-stdin-output = Text von der Standardeingabe hat keinen Dateinamen, aus dem sich eine Ausgabe ableiten ließe.
hint-stdin-output = Mit „--stdout“ oder „--out PFAD“ angeben, wohin er soll.
error-selector = „{ $selector }“ ist als CSS-Selektor nicht verwendbar.
hint-selector = Selektoren sehen aus wie „aside“, „.byline“, „#footer“ oder „p[data-note]“. Was nur im Augenblick gilt oder kein Element ist, etwa „:hover“ oder „::before“, ist nicht möglich.
error-field-path = „{ $path }“ ist kein Pfad eines Feldes: Namen werden durch Punkte getrennt, „*“ steht für einen beliebigen.
error-site-url = „{ $url }“ ist keine Adresse einer Website.
error-site-prefix = „{ $prefix }“ kann nicht das Pfadpräfix von { $locale } sein.

## Fehler in der Konfiguration

error-configuration = Die Konfiguration { $path } ist fehlerhaft.
cause-configuration = in { $path }
error-toml = Zeile { $line }: { $detail }
error-key-unknown = Den Schlüssel „{ $key }“ gibt es nicht.
hint-keys = Bekannte Schlüssel: { $keys }.

## Fehler bei Ausgaben

error-pattern = „{ $pattern }“ taugt nicht als Muster für die Pfade der Ausgaben.
error-pattern-empty = Es ist leer.
error-pattern-placeholder =
    { $suggestion ->
        [none] Den Platzhalter „{ $name }“ gibt es nicht.
       *[other] Den Platzhalter „{ $name }“ gibt es nicht. War „{ $suggestion }“ gemeint?
    }
error-pattern-unclosed =
    { $suggestion ->
        [none] Eine geschweifte Klammer wird nicht geschlossen.
       *[other] Eine geschweifte Klammer wird nicht geschlossen. War „{ $suggestion }“ gemeint?
    }
error-pattern-unopened = Zur schließenden Klammer an Stelle { $at } fehlt die öffnende.
error-output = Für { $path } lässt sich kein Ausgabepfad bilden.
error-output-slug = Das Muster verlangt einen Slug, und der Beitrag hat keinen.
error-output-value = „{ $value }“ kann nicht Teil eines Dateinamens sein.
error-output-no-file = „{ $path }“ bezeichnet keine Datei.
error-output-leaves = „{ $path }“ liegt außerhalb des Projekts.
error-output-character = „{ $path }“ enthält ein Zeichen, das in Pfaden nicht vorkommen darf.
error-output-is-source = { $path } ist eine Quelldatei und würde überschrieben.
hint-output-is-source = Die Sprache in den Pfad der Ausgaben aufnehmen, etwa mit {"„--output {lang}/{path}“"}.
hint-out-is-source = Mit „--out“ eine andere Datei oder einen anderen Ordner angeben.
error-output-twice = { $path } würde zweimal geschrieben: für { $first } und für { $second }.
hint-output-twice = Ein Muster verwenden, das die Ausgaben unterscheidet, etwa {"„--output {lang}/{path}“"}.
hint-catalog-twice = Für „catalogs“ ein Muster verwenden, das sie unterscheidet, etwa {"„i18n/{lang}/{path}.xlf“"}.
error-catalog = Der Katalog { $path } lässt sich nicht lesen.
hint-catalog = Er kann Arbeit von Menschen enthalten und wird deshalb nicht überschrieben: reparieren oder die letzte richtige Fassung zurückholen.
error-catalog-changed = Der Katalog { $path } wurde während des Laufs geändert; es wurde nichts geschrieben.
hint-catalog-changed = Noch einmal ausführen: Die Antworten der Dienste sind aufbewahrt.
in-line = Zeile { $line }: { $message }
xml-malformed = Zeile { $line }: Das ist kein wohlgeformtes XML: { $detail }
xml-doctype = Zeile { $line }: Eine Dokumenttyp-Deklaration wird nicht angenommen.
xml-entity = Zeile { $line }: Die Entität „{ $name }“ ist unbekannt.
xml-too-large = Zeile { $line }: Die Datei ist zu groß oder zu tief verschachtelt.
xml-encoding = Die Datei ist weder UTF-8 noch UTF-16.
catalog-format = Zeile { $line }: Die Wurzel ist „{ $found }“, erwartet wird { $wanted }.
catalog-no-language = Zeile { $line }: „{ $name }“ fehlt, deshalb ist die Sprache unbekannt.
catalog-refused = { $path }, Zeile { $line }, Segment { $segment }: Die Tags dieser Übersetzung sind nicht die der Quelle. Sie wurde deshalb nicht verwendet und bleibt als Vorschlag erhalten.{ $reason ->
        [none] {""}
       *[other] {" "}{ $reason }
    }
catalog-target = Es ist ein Katalog für „{ $found }“, nicht für „{ $wanted }“.
error-catalogs-lang = „catalogs“ ist { $pattern }; das ergibt eine Datei für alle Sprachen.
error-output-not-ours = { $path } gibt es schon, und die Datei stammt nicht von polypost.
error-output-edited = { $path } wurde bearbeitet, seit polypost die Datei geschrieben hat.
hint-force = Die Datei verschieben oder mit „--force“ überschreiben.
error-frozen = { $post }: { $count ->
        [one] Ein Segment ist nicht übersetzt
       *[other] { $count } Segmente sind nicht übersetzt
    } (neu oder in der Quelle geändert), und „--frozen“ erlaubt keine Anfragen.
hint-frozen = „polypost translate“ ohne „--frozen“ ausführen und das Ergebnis committen.
error-outside-project = { $path } gehört nicht zum Projekt { $root }.
hint-outside-project = Mit „--out“ angeben, wohin das Ergebnis soll, oder im Projekt der Datei arbeiten.

## Fehler bei Dateien

error-file = { $path } ist nicht verwendbar.
error-not-found = Diese Datei gibt es nicht.
error-empty = Die Datei ist leer.
error-kind = Dateien, die auf „.{ $extension }“ enden, werden nicht gelesen.
hint-kind = polypost liest .json, .jsonl, .ndjson, .html, .htm und .xhtml. Einen Beitrag unter anderem Namen nimmt die Standardeingabe an: „-“.
error-io = { $detail }
error-not-utf8 = Byte { $offset } (ab 0 gezählt) ist kein UTF-8.
hint-encoding = Die Datei zuerst nach UTF-8 umwandeln, zum Beispiel mit „iconv -f WINDOWS-1252 -t UTF-8“.
error-json = Zeile { $line }, Spalte { $column }: { $detail }
error-html-too-deep = Elemente sind tiefer als { $limit } Ebenen verschachtelt.
error-html-too-tangled = Formatierende Elemente überlappen sich so oft, dass das Lesen zu lange dauern würde.
error-html-too-large = Der Text ist zu groß ({ $bytes } Bytes).
error-memory = Das Übersetzungsgedächtnis { $path } ist nicht nutzbar.
hint-memory = Darin steht, was schon übersetzt wurde. Machen Sie den Ordner beschreibbar, oder verschieben Sie die Datei, um neu zu beginnen.
memory-damaged = Das Übersetzungsgedächtnis war beschädigt und heißt jetzt { $path }; ein neues wurde angelegt.
memory-rebuilt = Das Gedächtnis fehlte; { $count ->
        [one] eine Übersetzung wurde
       *[other] { $count } Übersetzungen wurden
    } aus den Katalogen übernommen.
error-tmx = Zeile { $line }: { $reason }
error-tmx-encoding = TMX steht in UTF-8 oder UTF-16, nicht in „{ $name }“.
error-tmx-root = Die Datei ist kein TMX: Sie beginnt mit „{ $name }“.
error-tmx-declarations = Der Dokumenttyp enthält eigene Deklarationen, die polypost nicht liest.
error-tmx-entity = Die Entität „{ $name }“ ist unbekannt.
error-tmx-deep = Elemente sind tiefer als { $limit } verschachtelt.
error-tmx-large = Eine Einheit ist größer als { $limit } Bytes.
error-tmx-unfinished = Die Datei endet zu früh.
hint-tmx = Was vor dieser Zeile steht, ist jetzt im Gedächtnis; derselbe Befehl nimmt den Rest der berichtigten Datei auf.
error-memory-direction = „--from“ und „--to“ gehören hier zusammen, mit je einer Sprache.
hint-memory-faults = Die Datei beiseitelegen, oder das Beschädigte entfernen und neu aufnehmen; „polypost memory export“ schreibt, was lesbar ist.
error-internal = Das ist ein Programmfehler in polypost: { $detail }

## Backends

backend-local = die Modelle von Firefox, von polypost selbst ausgeführt: vertraulich, offline
backend-apertium = Apertium, hier installiert: regelbasiert, offline
backend-apy = ein Apertium-Server (APy)
backend-deepl = DeepL, Free oder Pro
backend-google = Google Cloud Translation, v2 oder mit einem Projekt v3
backend-azure = Azure Translator
backend-libretranslate = ein LibreTranslate-Server, ohne Angabe der auf diesem Rechner
backend-openai = die Sprachmodelle von OpenAI
backend-openai-url = jeder Server mit der Schnittstelle von OpenAI: Ollama, vLLM, llama.cpp
backend-anthropic = die Sprachmodelle von Anthropic
backend-exec = ein beliebiges Programm, das JSON Lines liest und schreibt
backend-pseudo = Akzente und Klammern, um zu sehen, was übersetzt wird und was passt
backend-identity = der Ausgangstext selbst, um zu sehen, dass sich sonst nichts ändert
pairs-all = für beliebige Sprachen
pairs-unknown = die Sprachen hängen von der Angabe ab
pairs-asked = nach den Sprachen wird bei Gebrauch gefragt
pairs-none = kein Sprachpaar installiert; unter Debian: apt-get install apertium-eng-spa
pairs-none-local = kein Modell installiert; „polypost models get en-de“ holt eines
pairs-listed = installiert: { $pairs }
pairs-error = nicht nutzbar: { $reason }
backend-usage = { $used } von { $allowed } Zeichen sind in diesem Zeitraum verbraucht
error-backend-unknown = Das Backend „{ $name }“ gibt es nicht.
error-backend-argument-missing = Das Backend „{ $name }“ braucht eine Angabe, wie in „exec:COMMAND“.
error-backend-argument = Das Backend „{ $name }“ kann mit „{ $argument }“ nichts anfangen.
error-backend-not-installed = „{ $program }“ ist nicht installiert.
error-backend-pair = { $backend } übersetzt nicht von { $from } nach { $to }. Vorhanden: { $supported }.
error-backend-no-pairs = { $backend } übersetzt nicht von { $from } nach { $to }. Es ist kein Sprachpaar installiert.
error-backend-refused =
    { $backend } lehnt den Schlüssel ab, oder das Kontingent ist erschöpft{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-service =
    { $status ->
        [none] { $backend } ist nicht erreichbar
       *[other] { $backend } antwortet mit Status { $status }
    }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-program =
    { $code ->
        [none] „{ $program }“ ist gescheitert
       *[other] „{ $program }“ endete mit Rückgabewert { $code }
    }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-no-key = { $backend } braucht einen Schlüssel: { $variables } sind nicht gesetzt.
error-backend-key-command =
    Der Schlüsselbefehl für { $backend } ist gescheitert{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-address = „{ $url }“ kann nicht die Adresse von { $backend } sein.
error-backend-file =
    { $backend } kann „{ $path }“ nicht lesen{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-option-missing = { $backend } braucht „{ $key }“.
error-backend-rejected =
    { $backend } nimmt die Anfrage nicht an{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-glossary =
    { $backend } nimmt das Glossar für { $from } nach { $to } nicht an{ $detail ->
        [none] .
       *[other] : { $detail }
    }
hint-key = Setzen Sie die Umgebungsvariable oder „key-command“ in [backends.{ $backend }] der polypost.toml.
hint-option = „{ $key }“ in [backends.{ $backend }] der polypost.toml angeben.
hint-address = Adressen beginnen mit https://; http:// gilt nur für diesen Rechner. Schlüssel gehören nicht hinein.
hint-backend-glossary = „polypost glossary check“ zeigt, was an einem Glossar nicht stimmt; „glossary“ in [backends.deepl] der polypost.toml nennt eines, das DeepL schon hat.
error-backend-not-built = { $backend } ist in diesem Build von polypost nicht enthalten.
error-backend-processor = Dieser Build von { $backend } braucht einen Prozessor mit { $needs }; mit dem Cargo-Feature „portable“ geht es ohne.
error-no-backend = Es ist kein Backend angegeben, und das übliche ist hier nicht nutzbar.
hint-backends = „polypost backends“ zeigt, was es gibt.
hint-backend-choices =
    Ein Modell für die eingebaute Engine holen (polypost models get en-de),
    ein Sprachpaar für Apertium installieren
      (unter Debian: apt-get install apertium-eng-spa),
    einen Apertium-Server angeben (--backend apertium:http://localhost:2737)
    oder ein eigenes Programm (--backend exec:COMMAND).
    „polypost backends“ zeigt, was nutzbar ist.

## Modelle

error-model-missing =
    { $get ->
        [none] Kein installiertes Modell übersetzt von { $from } nach { $to }.
       *[other] Kein installiertes Modell übersetzt von { $from } nach { $to }; „polypost models get { $get }“ holt, was fehlt.
    }{ $installed ->
        [none] {""}
       *[other] {" "}Installiert: { $installed }.
    }
error-model-broken = Das Modell { $pair } ist nicht nutzbar. { $path }: { $detail }
error-model-io = { $path }: { $detail }
error-model-folder = Es gibt keinen Ordner für Modelle.
error-model-not-installed = Das Modell { $pair } ist nicht installiert.
error-model-name = „{ $name }“ ist kein Name eines Modells.
error-model-source-missing = Es ist nicht angegeben, woher Modelle kommen.
error-model-address = Von „{ $address }“ können keine Modelle kommen.
error-model-source =
    { $status ->
        [none] { $address } ist nicht erreichbar: { $detail }
       *[other] { $address } antwortet mit Status { $status }: { $detail }
    }
error-model-index = Das Verzeichnis { $address } ist nicht nutzbar: { $detail }
error-model-not-offered =
    { $offered ->
        [none] Das Modell { $pair } wird nicht angeboten; es gibt dort gar keine.
       *[other] Das Modell { $pair } wird nicht angeboten. Vorhanden: { $offered }.
    }
error-model-mismatch = { $address } ist nicht, was es sein sollte: { $detail }
hint-model-broken = „polypost models get { $pair }“ holt es neu.
hint-model-list = „polypost models list“ zeigt, was es gibt.
hint-model-name = Modelle heißen nach ihren beiden Sprachen: en-de, de-en, en-zh-Hant.
hint-model-source = Einen Spiegel mit „--from-mirror“ angeben, oder mit „url“ unter [models] in polypost.toml; oder „--mozilla“ nehmen.
hint-model-address = Möglich sind https, ein Ordner, oder http auf diesem Rechner und in privaten Netzen.
hint-model-folder = Einen mit POLYPOST_MODELS angeben.
hint-model-again = Was angekommen ist, bleibt; derselbe Befehl macht dort weiter.
models-none = In { $path } ist kein Modell installiert.
models-mozilla = Mozillas Server sind für Firefox da: zum Ausprobieren von polypost sind sie recht, für den regelmäßigen Gebrauch besser ein eigener Spiegel.
model-installed =
    { $version ->
        [none] installiert, { $size }
       *[other] installiert, Version { $version }, { $size }
    }
model-offered =
    { $version ->
        [none] angeboten
       *[other] angeboten, Version { $version }
    }{ $size ->
        [none] {""}
       *[other] , { $size }
    }
model-unusable = nicht nutzbar: { $reason }
model-got = { $pair } ist in { $path } installiert.
model-already = { $pair } ist schon in { $path }, unverändert.
model-verified = wie geholt, und nutzbar
model-unverified = nutzbar; es gibt kein Manifest zum Vergleichen
model-removed = { $pair } ist entfernt.

## Glossare

error-line = Zeile { $line }: { $problem }
error-glossary-too-large = Die Datei hat mehr als { $mebibytes } MiB.
error-glossary-no-terms = Keine Spalte enthält Begriffe.
error-glossary-column = Die Spalte „{ $name }“ gibt es nicht.
error-glossary-column-twice = Die Spalte „{ $name }“ kommt zweimal vor.
error-glossary-language = Die Sprache von „{ $name }“ ist nicht bekannt.
error-glossary-cells = Die Zeile hat { $cells } Zellen, die Kopfzeile nur { $columns }.
error-glossary-entity = „{ $name }“ müsste aufgelöst werden; das tut polypost nicht.
error-glossary-root =
    { $root ->
        [none] Die Datei ist kein TBX.
       *[other] Die Datei ist kein TBX: sie beginnt mit „{ $root }“.
    }
hint-glossary-kind = Glossare sind .csv, .tsv, .tbx oder .xml (TBX).
hint-glossary-columns = Die erste Zeile benennt die Spalten: Sprach-Tags („en“, „de“), „de:admitted“, „de:forbidden“, „part-of-speech“, „case“, „do-not-translate“ und „note“. Was mit „#“ beginnt, wird übergangen.
hint-glossary-language = Die Sprachen in der Kopfzeile nennen („en“, „de“), oder mit „--from“ und einem einzigen „--to“, oder mit „source“ und „targets“ in polypost.toml.
hint-glossary-cells = Eine Zelle, in der ein Komma steht, gehört in Anführungszeichen.
hint-glossary-entity = Zeichen so schreiben, wie sie sind, oder mit ihrer Nummer.
# Hinter der Stelle eines Eintrags, wie in „terms.csv:7: “
flaw-no-term = der Eintrag hat keinen Begriff
flaw-alone = „{ $term }“ hat nur Begriffe auf { $locale }
flaw-no-word = „{ $term }“ hat weder Buchstaben noch Ziffern und wird deshalb nie gefunden
flaw-duplicate = „{ $term }“ gibt es schon: { $other }
flaw-conflict = „{ $term }“ heißt auf { $locale } hier „{ $own }“ und in { $other } „{ $others }“
flaw-contradiction = „{ $term }“ ({ $locale }) ist zugleich verboten und erlaubt
flaw-translated = „{ $term }“ soll nicht übersetzt werden und hat doch die Übersetzung „{ $other }“
departure-missing = das Glossar verlangt „{ $wanted }“ für „{ $term }“
departure-forbidden =
    { $instead ->
        [none] das Glossar verbietet „{ $found }“ für „{ $term }“
       *[other] das Glossar verbietet „{ $found }“ für „{ $term }“ und verlangt „{ $instead }“
    }
departure-changed = laut Glossar bleibt „{ $term }“, wie es ist
summary-glossary =
    { $concepts ->
        [one] Ein Eintrag
       *[other] { $concepts } Einträge
    } in { $files ->
        [one] einer Datei
       *[other] { $files } Dateien
    }, { $flaws ->
        [0] keine Mängel.
        [one] ein Mangel.
       *[other] { $flaws } Mängel.
    }

## Was geschieht

state-machine = maschinell
state-reviewed = geprüft
memory-imported =
    { $pairs ->
        [one] Eine Übersetzung gelesen
       *[other] { $pairs } Übersetzungen gelesen
    }{ $stored ->
        [0] , nichts davon neu.
        [one] , eine davon neu.
       *[other] , { $stored } davon neu.
    }
memory-skipped =
    { $count ->
        [one] Eine Einheit ergab nichts: Ihr fehlt eine gewünschte Sprache oder ein Text.
       *[other] { $count } Einheiten ergaben nichts: Ihnen fehlt eine gewünschte Sprache oder ein Text.
    }
memory-without-codes =
    { $count ->
        [one] In einer Übersetzung stimmen die Tags nicht mit dem Ausgangstext überein; sie wurde ohne Tags aufgenommen.
       *[other] In { $count } Übersetzungen stimmen die Tags nicht mit dem Ausgangstext überein; sie wurden ohne Tags aufgenommen.
    }
memory-exported =
    { $count ->
        [one] Eine Übersetzung nach { $path } geschrieben.
       *[other] { $count } Übersetzungen nach { $path } geschrieben.
    }
memory-stats =
    { $pairs ->
        [one] eine Übersetzung
       *[other] { $pairs } Übersetzungen
    }, { $contexts ->
        [one] ein Kontext
       *[other] { $contexts } Kontexte
    }, { $answers ->
        [one] eine aufbewahrte Antwort
       *[other] { $answers } aufbewahrte Antworten
    }, { $size }
memory-pruned =
    { $count ->
        [0] Es gibt nichts zu entfernen.
        [one] Eine Übersetzung entfernt.
       *[other] { $count } Übersetzungen entfernt.
    }
memory-verified =
    { $pairs ->
        [one] Eine Übersetzung geprüft
       *[other] { $pairs } Übersetzungen geprüft
    }{ $faults ->
        [0] , alles in Ordnung.
        [one] , ein Fehler.
       *[other] , { $faults } Fehler.
    }
fault-file = die Datei ist beschädigt: { $detail }
fault-unreadable = Text und Tags passen nicht zusammen
fault-codes = die Tags der Übersetzung sind nicht die des Ausgangstexts
fault-unindexed = die Übersetzung ist über ihren Text nicht zu finden
progress-posts = Beiträge
progress-segments = Segmente
progress-left = noch
interrupted = Abgebrochen. Keine Ausgabe wurde geändert.
in-file = { $file }: { $message }
field-refused = { $place }: bleibt, wie es war. { $reason }
nothing-found = { $file }: nichts zu übersetzen gefunden.
hint-nothing-found = Ist der Text in der Sprache von „--from“? Welche Felder gelesen werden, sagen „--field“ oder „fields“ in polypost.toml.
segment-failed = { $place }, Segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}„{ $text }“
    } wurde nicht übersetzt. { $reason }
segment-kept = { $place }, Segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}„{ $text }“
    } behält seine bisherige Übersetzung. { $reason }
segment-estimated = { $place }, Segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}„{ $text }“
    }: Die Stellen der Tags sind geschätzt: bitte prüfen.
segment-pieces = { $place }, Segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}„{ $text }“
    } wurde in Stücken zwischen den Tags übersetzt: bitte prüfen.
segment-departs = { $place }, Segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}„{ $text }“
    }: { $departure }.
segment-way = { $place }, { $segment }: { $way }{ $text ->
        [none] {""}
       *[other] {" "}„{ $text }“
    }
way-direct = übersetzt
way-retried = im zweiten Versuch übersetzt
way-projected = übersetzt, Tags durch Alignment gesetzt
way-estimated = übersetzt, Stellen der Tags geschätzt
way-pieces = in Stücken übersetzt
way-source = nicht übersetzt
failure-backend =
    { $detail ->
        [none] Das Backend nennt keinen Grund.
       *[other] Das Backend meldet: { $detail }
    }
failure-no-reply = Das Backend hat nicht geantwortet.
failure-stopped = Das Backend hatte da schon aufgehört.
failure-budget = Es wäre mehr, als „--max-chars“ erlaubt.
failure-empty = Die Antwort ist leer.
failure-no-alignment = Aus der Antwort geht nicht hervor, wohin die Tags gehören.
failure-code-missing = Das Tag { $code } fehlt.
failure-code-unexpected = Das Tag { $code } ist überzählig.
failure-code-nesting = Das Tag { $code } ist falsch verschachtelt.
failure-code-order = Das Tag { $code } steht an der falschen Stelle.
failure-code-protected = Der geschützte Text des Tags { $code } wurde verändert.
note-link-relative = der Link „{ $link }“ ist relativ und bleibt, wie er ist
note-link-not-localized = der Link „{ $link }“ führt zu einer Seite, die nicht übersetzt wird, und bleibt, wie er ist
note-excerpt-derived = { $field } wurde aus dem übersetzten Inhalt abgeleitet
note-excerpt-torn = { $field } sieht automatisch erzeugt aus, aber nicht aus diesem Inhalt; es wurde für sich übersetzt und sollte geprüft werden
summary =
    { $posts ->
        [one] Ein Beitrag
       *[other] { $posts } Beiträge
    }{ $languages ->
        [one] {""}
       *[other] {" "}in { $languages } Sprachen
    }{ $segments ->
        [none] {" "}mit { $backend }
        [0] , nichts zu übersetzen
        [one] , ein Segment mit { $backend }
       *[other] , { $segments } Segmente mit { $backend }
    }{ $files ->
        [none] .
        [0] ; keine Datei geändert.
        [one] ; eine Datei geschrieben.
       *[other] ; { $files } Dateien geschrieben.
    }
origin-memory = { $count } aus dem Gedächtnis ({ $backend })
origin-backend = { $count } mit { $backend }
origin-catalog = { $count } aus dem Katalog
origin-earlier = { $count } früher von Menschen übersetzt
summary-origins = Segmente: { $parts }.
# $cost ist "none", wo niemand den Preis kennt; sonst ein Betrag in der Währung der Rechnung
summary-sent =
    { $backend }: { $characters ->
        [one] ein Zeichen
       *[other] { $characters } Zeichen
    } in { $requests ->
        [one] einer Anfrage
       *[other] { $requests } Anfragen
    }{ $retries ->
        [0] {""}
        [one] , eine davon wiederholt
       *[other] , { $retries } davon wiederholt
    }{ $cost ->
        [none] .
       *[other] ; etwa { $cost } zum angenommenen Preis.
    }
decimal-mark = ,
summary-retried =
    { $count ->
        [one] Ein Segment wurde im zweiten Versuch übersetzt.
       *[other] { $count } Segmente wurden im zweiten Versuch übersetzt.
    }
summary-projected =
    { $count ->
        [one] In einem Segment wurden Tags durch Alignment gesetzt.
       *[other] In { $count } Segmenten wurden Tags durch Alignment gesetzt.
    }
summary-estimated =
    { $count ->
        [one] In einem Segment sind die Stellen der Tags geschätzt und sollten geprüft werden.
       *[other] In { $count } Segmenten sind die Stellen der Tags geschätzt und sollten geprüft werden.
    }
summary-pieces =
    { $count ->
        [one] Ein Segment wurde in Stücken übersetzt und sollte geprüft werden.
       *[other] { $count } Segmente wurden in Stücken übersetzt und sollten geprüft werden.
    }
summary-departing =
    { $count ->
        [one] Ein Segment weicht vom Glossar ab.
       *[other] { $count } Segmente weichen vom Glossar ab.
    }
summary-links =
    { $count ->
        [one] Ein Link bleibt, wie er war; „-v“ nennt ihn.
       *[other] { $count } Links bleiben, wie sie waren; „-v“ nennt sie.
    }
summary-more-named =
    { $count ->
        [one] Ein weiteres Segment sollte angesehen werden; „-v“ nennt es.
       *[other] { $count } weitere Segmente sollten angesehen werden; „-v“ nennt sie.
    }
summary-failed =
    { $count ->
        [one] Ein Text wurde nicht übersetzt.
       *[other] { $count } Texte wurden nicht übersetzt.
    }
dry-run =
    { $target }: { $posts ->
        [one] ein Beitrag
       *[other] { $posts } Beiträge
    }, { $segments ->
        [one] ein Segment
       *[other] { $segments } Segmente
    }, { $characters ->
        [one] ein Zeichen
       *[other] { $characters } Zeichen
    }{ $cost ->
        [none] {""}
       *[other] ; etwa { $cost } mit { $backend } zum angenommenen Preis
    }
