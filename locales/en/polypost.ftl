# The reference: every other locale has the same messages.
# Variables are explained where they are not plain. Technical details (from the parser, the system
# or a backend) come in English or in the backend's own words.

## Labels and headings

label-error = Error:
label-warning = Warning:
label-cause = Caused by:
label-hint = Hint:
heading-usage = Usage:
heading-commands = Commands
heading-arguments = Arguments
heading-options = Options

## Commands

command-polypost = Localizes WordPress posts and HTML so that a reader of the diff sees only language change.
command-translate = Translate posts.
command-extract = Show what would be translated: units, segments, codes.
command-backends = Show which backends can be used here, and what the others lack.
command-models = Manage the models of the built-in engine.
command-models-list = List models: those that are installed, and those that a mirror offers.
command-models-get = Fetch models and install them.
command-models-verify = Check installed models: their files, and whether the engine can use them.
command-models-remove = Remove models.
command-memory = Manage the memory: earlier translations.
command-memory-import = Take translations from TMX files into the memory.
command-memory-export = Write the memory as TMX 1.4b.
command-memory-stats = Count what is in the memory.
command-memory-prune = Remove translations from the memory: those that were replaced in all their contexts, and those that the options name.
command-memory-verify = Check the memory: its file, every text and every tag.
command-glossary = Work with the project's glossaries.
command-glossary-check = Check glossaries for duplicates, conflicts and gaps.
command-completions = Print a completion script for a shell.
command-man = Print the manual page, or write all of them to a folder.

examples-polypost =
    Examples:
      polypost translate post.json --to es
      polypost extract post.json

    “polypost COMMAND --help” explains a command.
examples-translate =
    Examples:
      polypost translate post.json --from en --to es
          writes es/post.json with an installed Apertium
      polypost translate posts/ --to de,es --backend exec:./engine.sh
          asks a program of your own
      polypost translate page.html --to es --stdout | diff page.html -
          shows what changes

    Exit codes: 0 done, 1 something was not translated, 2 wrong usage or
    configuration, 3 files, 4 key or quota refused, 130 and 143 on signals.
    From 2 up nothing is written.
examples-extract =
    Examples:
      polypost extract post.json
      polypost extract page.html --format jsonl | jq .plain
examples-backends =
    Example:
      polypost backends --format json
examples-models =
    Examples:
      polypost models get en-de --from-mirror https://models.example/firefox
      polypost models list

    Models are kept in the folder that POLYPOST_MODELS names, or “folder” below
    “[models]” in polypost.toml, else in the user's folder for data.
examples-models-list =
    Example:
      polypost models list --format json
examples-models-get =
    Examples:
      polypost models get en-de en-es --from-mirror https://models.example/firefox
      polypost models get en-de --mozilla

    Without “--from-mirror” and “--mozilla”, models come from “url” below
    “[models]” in polypost.toml.
examples-models-verify =
    Example:
      polypost models verify en-de
examples-models-remove =
    Example:
      polypost models remove en-de
examples-memory =
    Examples:
      polypost memory import agency.tmx
      polypost memory export --out memory.tmx
      polypost memory stats

    The memory is .polypost/memory.db in the project.
examples-memory-import =
    Examples:
      polypost memory import agency.tmx --from en --to de
      polypost memory import engine.tmx --state machine --origin engine

    With “--from” and “--to”, regions don't matter: en-US is stored as en.
    A translation that is in the memory already is not stored again.
examples-memory-export =
    Examples:
      polypost memory export --out memory.tmx
      polypost memory export --from en --to de | xmllint --noout -
examples-memory-stats =
    Example:
      polypost memory stats --format json
examples-memory-prune =
    Examples:
      polypost memory prune
      polypost memory prune --machine --origin deepl
      polypost memory prune --keep 100000 --from en --to de

    What several options say has to hold together.
examples-memory-verify =
    Example:
      polypost memory verify
examples-glossary =
    Example:
      polypost glossary check

    Glossaries are CSV, TSV or TBX files. “glossary” in polypost.toml, or
    “--glossary FILE” of “polypost translate”, says which are used.
examples-glossary-check =
    Examples:
      polypost glossary check
      polypost glossary check terms.tbx --format json

    Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage or
    configuration, 3 a file can't be read.
examples-completions =
    Example:
      polypost completions bash \
          > ~/.local/share/bash-completion/completions/polypost
examples-man =
    Example:
      polypost man --out /usr/local/share/man/man1

## Arguments

value-command = COMMAND
value-options = OPTIONS
# Notes behind the help of an option
help-values = [values: { $values }]
help-default = [default: { $value }]
help-env = [environment: { $name }]
help-files = Posts to read: files of JSON (one post, an array, JSON Lines) or HTML, folders, patterns, or “-” for standard input. Without any: the posts of polypost.toml.
value-files = FILE
help-to = Languages wanted, as BCP 47 tags separated by commas: de,pt-BR.
value-to = LANGUAGES
help-from = Language of the text. By default polypost.toml says it, else the text itself; never the address.
value-from = LANGUAGE
help-backend = What translates: local, apertium, deepl, google, azure, libretranslate, openai, anthropic, exec:COMMAND, pseudo or identity; after a colon, a server's URL. “polypost backends” tells more.
value-backend = BACKEND
help-glossary = Glossary: CSV, TSV or TBX; may be repeated. Instead of those of polypost.toml.
value-glossary = FILE
help-max-chars = Send no more than so many characters; what is left keeps its source.
value-max-chars = NUMBER
help-frozen = Ask nobody: fail with exit code 5 where something is not translated. For CI.
help-retranslate = Translate again what a machine translated (machine), what a person wrote for another source (stale), or both (all). What people wrote or approved is never replaced.
value-retranslate = WHAT
help-look-up = Where a service does not say which words its translation has for which, ask for what stands between tags as well and look it up in the whole. It costs about twice as much for such sentences and puts tags in better places.
help-field = Field of a post that holds text, instead of the usual ones; may be repeated. The kind is html, text or url; without it the value decides.
value-field = PATH[=KIND]
help-exclude = CSS selector of elements that are left alone; may be repeated.
value-exclude = SELECTOR
help-code-class = Class of <pre> elements that hold program code; may be repeated.
value-code-class = CLASS
help-segmentation = What is sent as one text: a sentence (the default) or a whole block.
value-segmentation = HOW
help-links = Which links in the content follow the language: those to posts that are translated as well (the default), all, or none.
value-links = WHICH
help-hreflang = Insert links to the versions in the other languages (hreflang) into the heads of pages, where they are missing.
help-site = Address of the site's home, without a language: https://example.com/blog.
value-site = URL
help-output = Path of an output in the project, with {"{lang}"}, {"{path}"}, {"{dir}"}, {"{stem}"}, {"{ext}"} and {"{slug}"}. The default is {"{lang}/{path}"}.
value-output = PATTERN
help-out = Write to this file, or below this folder.
value-out = PATH
help-stdout = Write to standard output: one post, one language.
help-show = Show every text before and after.
help-dry-run = Count what would be sent. Nothing is sent or written.
help-force = Overwrite outputs that polypost did not write, or that were edited since.
help-usage = Ask DeepL how many characters of the account are used and allowed.
help-format = Form of the output.
value-format = FORMAT
help-pairs = Models, by their languages: en-de, en-zh-Hant.
value-pairs = PAIR
help-from-mirror = Take models from this mirror: an address, or a folder, with an index.
value-from-mirror = ADDRESS
help-mozilla = Take models from Mozilla's own records, which are meant for Firefox: for trying out.
help-folder = Folder of the models.
value-folder = FOLDER
help-tmx-files = TMX files to read, or “-” for standard input.
value-tmx-files = FILE
help-source-language = Language of the sources.
value-source-language = LANGUAGE
help-target-languages = Languages of the translations, separated by commas.
value-target-languages = LANGUAGES
help-state = Whether people have seen the translations, where the file does not tell.
value-state = STATE
help-named-origin = Where the translations are from, where the file does not tell. The default is its name.
value-named-origin = NAME
help-tmx-out = File to write, instead of standard output.
value-tmx-out = FILE
help-keep = Remove all but so many that were stored last.
value-keep = NUMBER
help-machine = Remove those that no person has seen.
help-of-origin = Remove those of this origin.
value-of-origin = NAME
help-glossaries = Glossaries to check: files or patterns. Without any: those of polypost.toml.
value-glossaries = FILE
help-shell = Shell that the script is for.
value-shell = SHELL
help-directory = Folder to write the pages to.
value-directory = FOLDER
help-config = Configuration file, instead of the nearest polypost.toml.
value-config = FILE
help-lang = Language of messages: en, de, es or fr.
value-lang = LANGUAGE
help-quiet = Only warnings and errors.
help-verbose = Report on every segment; with -vvv its text as well.
help-no-progress = No progress bar.
help-color = When to use colours.
value-color = WHEN
help-help = Show help.
help-version = Show the version.

## Errors in the command line

error-argument-unknown = There is no option “{ $argument }”.
error-argument-unexpected = “{ $argument }” is not expected here.
error-argument-missing = Missing: { $argument }.
error-argument-conflict = “{ $argument }” can't be used with “{ $other }”.
error-argument-twice = “{ $argument }” can be used only once.
error-arguments = The command line can't be understood: { $detail }.
error-command-unknown = There is no command “{ $command }”.
error-command-missing = A command is missing.
error-value-missing = “{ $argument }” needs a value.
# $valid is "none" where there is no list of values
error-value =
    { $valid ->
        [none] “{ $value }” is not a valid value for { $argument }.
       *[other] “{ $value }” is not a valid value for { $argument }. Valid: { $valid }.
    }
hint-help = “--help” lists commands and options.
hint-did-you-mean = Did you mean “{ $name }”?
error-locale = “{ $tag }” is not a language tag.
hint-locale = Language tags are those of BCP 47: de, pt-BR, zh-Hant.
error-no-target = No language to translate into is given.
hint-no-target = Name it with “--to es”, or with “targets” in polypost.toml.
error-no-files = There is nothing to translate.
hint-no-files = Name files or folders, or say which posts the project has with “posts” in polypost.toml.
error-no-glossary = There is no glossary to check.
hint-no-glossary = Name files, or say which glossaries the project has with “glossary” in polypost.toml.
error-glob = “{ $pattern }” is not a valid pattern: { $detail }
error-no-match = No file matches “{ $pattern }”.
error-language-unknown = The language of the text is not clear.
hint-language-unknown = Name it with “--from en”, or with “source” in polypost.toml.
language-identified = The language of the text seems to be “{ $language }”; if it is not, name it with “--from”.
error-stdout-one = Standard output takes one file and one language.
hint-stdout-one = Leave out “--stdout” to write files, or call polypost once for each.
error-stdin-output = Text from standard input has no file name to derive an output from.
hint-stdin-output = Say where it goes with “--stdout” or “--out PATH”.
error-selector = “{ $selector }” can't be used as a CSS selector.
hint-selector = Selectors look like “aside”, “.byline”, “#footer” or “p[data-note]”. What depends on a moment or is no element, such as “:hover” or “::before”, can't be used.
error-field-path = “{ $path }” is not the path of a field: names are separated by dots, “*” stands for any name.
error-site-url = “{ $url }” is not the address of a site.
error-site-prefix = “{ $prefix }” can't be the path prefix of { $locale }.

## Errors in the configuration

error-configuration = The configuration { $path } is wrong.
cause-configuration = in { $path }
error-toml = Line { $line }: { $detail }
error-key-unknown = There is no key “{ $key }”.
hint-keys = Known keys: { $keys }.

## Errors with outputs

error-pattern = “{ $pattern }” can't be used for the paths of outputs.
error-pattern-empty = It is empty.
# $suggestion is "none" where nothing is near
error-pattern-placeholder =
    { $suggestion ->
        [none] There is no placeholder “{ $name }”.
       *[other] There is no placeholder “{ $name }”. Did you mean “{ $suggestion }”?
    }
error-pattern-unclosed =
    { $suggestion ->
        [none] An opening brace is not closed.
       *[other] An opening brace is not closed. Did you mean “{ $suggestion }”?
    }
error-pattern-unopened = The closing brace at position { $at } has no opening one.
error-output = No output path can be made for { $path }.
error-output-slug = The pattern has a slug, and the post has none.
error-output-value = “{ $value }” can't be part of a file name.
error-output-no-file = “{ $path }” does not name a file.
error-output-leaves = “{ $path }” is outside the project.
error-output-character = “{ $path }” contains a character that paths can't have.
error-output-is-source = { $path } is a source; it would be overwritten.
hint-output-is-source = Put the language into the path of outputs, as in {"“--output {lang}/{path}”"}.
hint-out-is-source = Name another file or folder with “--out”.
error-output-twice = { $path } would be written twice: for { $first } and for { $second }.
hint-output-twice = Use a pattern that tells outputs apart, as in {"“--output {lang}/{path}”"}.
hint-catalog-twice = Use a pattern for “catalogs” that tells them apart, as in {"“i18n/{lang}/{path}.xlf”"}.
error-catalog = The catalog { $path } can't be read.
hint-catalog = It may hold people's work, so it is not overwritten: mend it, or take back the last version that was right.
error-catalog-changed = The catalog { $path } was changed while the run was under way; nothing was written.
hint-catalog-changed = Run it again: what services answered is kept.
in-line = line { $line }: { $message }
xml-malformed = line { $line }: this is not well-formed XML: { $detail }
xml-doctype = line { $line }: a document type is not accepted.
xml-entity = line { $line }: the entity “{ $name }” is unknown.
xml-too-large = line { $line }: the file is too large or nested too deeply.
xml-encoding = The file is neither UTF-8 nor UTF-16.
catalog-format = line { $line }: the root is “{ $found }”, but this should be { $wanted }.
catalog-no-language = line { $line }: “{ $name }” is missing, so the language is unknown.
catalog-refused = { $path }, line { $line }, segment { $segment }: the tags of this translation are not those of its source, so it was not used; it is kept as a candidate.{ $reason ->
        [none] {""}
       *[other] {" "}{ $reason }
    }
catalog-target = It is a catalog for “{ $found }”, not for “{ $wanted }”.
error-catalogs-lang = “catalogs” is { $pattern }, which gives one file for all languages.
error-output-not-ours = { $path } exists, and polypost did not write it.
error-output-edited = { $path } was edited since polypost wrote it.
hint-force = Move it away, or overwrite it with “--force”.
error-frozen = { $post }: { $count ->
        [one] one segment is not translated
       *[other] { $count } segments are not translated
    } (new, or changed in the source), and “--frozen” allows no requests.
hint-frozen = Run “polypost translate” without “--frozen” and commit what it writes.
error-outside-project = { $path } is not in the project { $root }.
hint-outside-project = Say where the result goes with “--out”, or work in the project of the file.

## Errors with files

error-file = { $path } can't be used.
error-not-found = There is no such file.
error-empty = The file is empty.
error-kind = Files that end in “.{ $extension }” are not read.
hint-kind = polypost reads .json, .jsonl, .ndjson, .html, .htm and .xhtml. A post under another name can be given on standard input: “-”.
error-io = { $detail }
error-not-utf8 = Byte { $offset } (counted from 0) is not UTF-8.
hint-encoding = Convert the file to UTF-8 first, for example with “iconv -f WINDOWS-1252 -t UTF-8”.
error-json = Line { $line }, column { $column }: { $detail }
error-html-too-deep = Elements are nested deeper than { $limit }.
error-html-too-tangled = Formatting elements overlap so often that reading them would take too long.
error-html-too-large = The text is too large ({ $bytes } bytes).
error-memory = The memory { $path } can't be used.
hint-memory = It holds what was translated before. Make its folder writable, or move the file away to begin anew.
memory-damaged = The memory was damaged and is now { $path }; a new one was begun.
memory-rebuilt = The memory was missing; { $count ->
        [one] one translation was
       *[other] { $count } translations were
    } taken from the catalogs.
error-tmx = Line { $line }: { $reason }
error-tmx-encoding = TMX is in UTF-8 or UTF-16, not in “{ $name }”.
error-tmx-root = The file is not TMX: it begins with “{ $name }”.
error-tmx-declarations = The document type has declarations of its own, which polypost does not read.
error-tmx-entity = The entity “{ $name }” is not known.
error-tmx-deep = Elements are nested deeper than { $limit }.
error-tmx-large = A unit is larger than { $limit } bytes.
error-tmx-unfinished = The file ends too early.
hint-tmx = What stands before this line is in the memory now; the same command takes in the rest of the corrected file.
error-memory-direction = “--from” and “--to” belong together here, with one language each.
hint-memory-faults = Move the file away, or remove what is damaged and take it in anew; “polypost memory export” writes what can be read.
error-internal = This is a bug in polypost: { $detail }

## Backends

backend-local = the models of Firefox, run by polypost itself: private, offline
backend-apertium = Apertium, installed here: rule-based, offline
backend-apy = an Apertium server (APy)
backend-deepl = DeepL, free or pro
backend-google = Google Cloud Translation, v2 or, with a project, v3
backend-azure = Azure Translator
backend-libretranslate = a LibreTranslate server, by default the one on this machine
backend-openai = OpenAI's language models
backend-openai-url = any server with OpenAI's interface: Ollama, vLLM, llama.cpp
backend-anthropic = Anthropic's language models
backend-exec = any program that reads and writes JSON Lines
backend-pseudo = accents and brackets, to see what is translated and what fits
backend-identity = the source itself, to see that nothing else changes
pairs-all = for any languages
pairs-unknown = the languages depend on what it is given
pairs-asked = its languages are asked for when it is used
pairs-none = no pair of languages is installed; with Debian: apt-get install apertium-eng-spa
pairs-none-local = no model is installed; “polypost models get en-de” gets one
pairs-listed = installed: { $pairs }
pairs-error = not usable: { $reason }
backend-usage = { $used } of { $allowed } characters are used in this period
error-backend-unknown = There is no backend “{ $name }”.
error-backend-argument-missing = The backend “{ $name }” needs an argument, as in “exec:COMMAND”.
error-backend-argument = The backend “{ $name }” can't be used with “{ $argument }”.
error-backend-not-installed = “{ $program }” is not installed.
error-backend-pair = { $backend } does not translate from { $from } to { $to }. It has: { $supported }.
error-backend-no-pairs = { $backend } does not translate from { $from } to { $to }. No pair of languages is installed.
error-backend-refused =
    { $backend } refuses the key, or the quota is used up{ $detail ->
        [none] .
       *[other] : { $detail }
    }
# $detail is "none" where nothing is known. It may have several lines, each on its own
# $status is "none" where there was no answer
error-backend-service =
    { $status ->
        [none] { $backend } can't be reached
       *[other] { $backend } answers with status { $status }
    }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
# $code is "none" where the program did not end by itself
error-backend-program =
    { $code ->
        [none] “{ $program }” failed
       *[other] “{ $program }” ended with code { $code }
    }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-no-key = { $backend } needs a key: { $variables } are not set.
error-backend-key-command =
    The key command of { $backend } failed{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-address = “{ $url }” can't be the address of { $backend }.
error-backend-file =
    { $backend } can't read “{ $path }”{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-option-missing = { $backend } needs “{ $key }”.
error-backend-rejected =
    { $backend } does not take the request{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-glossary =
    { $backend } does not take the glossary for { $from } to { $to }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
hint-key = Set the environment variable, or “key-command” in [backends.{ $backend }] of polypost.toml.
hint-option = Set “{ $key }” in [backends.{ $backend }] of polypost.toml.
hint-address = Addresses begin with https://; http:// is for this machine only. Keys don't belong in them.
hint-backend-glossary = “polypost glossary check” shows what is wrong with a glossary; “glossary” in [backends.deepl] of polypost.toml names one that DeepL has already.
error-backend-not-built = { $backend } is not part of this build of polypost.
error-backend-processor = This build of { $backend } needs a processor with { $needs }; one with the Cargo feature “portable” does without.
error-no-backend = No backend is named, and the usual one can't be used here.
hint-backends = “polypost backends” shows what there is.
hint-backend-choices =
    Get a model for the built-in engine (polypost models get en-de),
    install a pair of languages for Apertium
      (with Debian: apt-get install apertium-eng-spa),
    name an Apertium server (--backend apertium:http://localhost:2737)
    or a program of your own (--backend exec:COMMAND).
    “polypost backends” shows what can be used.

## Models

# $get is "none" where no model could help; $installed where there are none
error-model-missing =
    { $get ->
        [none] No installed model translates from { $from } to { $to }.
       *[other] No installed model translates from { $from } to { $to }; “polypost models get { $get }” gets what is missing.
    }{ $installed ->
        [none] {""}
       *[other] {" "}Installed: { $installed }.
    }
error-model-broken = The model { $pair } can't be used. { $path }: { $detail }
error-model-io = { $path }: { $detail }
error-model-folder = There is no folder for models.
error-model-not-installed = The model { $pair } is not installed.
error-model-name = “{ $name }” is not the name of a model.
error-model-source-missing = Where models come from is not said.
error-model-address = Models can't come from “{ $address }”.
# $status is "none" where there was no answer
error-model-source =
    { $status ->
        [none] { $address } can't be reached: { $detail }
       *[other] { $address } answers with status { $status }: { $detail }
    }
error-model-index = The index { $address } can't be used: { $detail }
# $offered is "none" where there is nothing
error-model-not-offered =
    { $offered ->
        [none] The model { $pair } is not offered; no model is.
       *[other] The model { $pair } is not offered. There are: { $offered }.
    }
error-model-mismatch = { $address } is not what it should be: { $detail }
hint-model-broken = “polypost models get { $pair }” fetches it anew.
hint-model-list = “polypost models list” shows what there is.
hint-model-name = Models are named by their two languages: en-de, de-en, en-zh-Hant.
hint-model-source = Name a mirror with “--from-mirror”, or with “url” below [models] in polypost.toml; or take “--mozilla”.
hint-model-address = Use https, a folder, or http within this machine or a private network.
hint-model-folder = Name one with POLYPOST_MODELS.
hint-model-again = What has come is kept; the same command goes on from there.
models-none = No model is installed in { $path }.
models-mozilla = Mozilla's records and files are meant for Firefox: use them to try polypost out, and a mirror of your own for regular work.
# $version and $size are "none" where they are not known
model-installed =
    { $version ->
        [none] installed, { $size }
       *[other] installed, version { $version }, { $size }
    }
model-offered =
    { $version ->
        [none] offered
       *[other] offered, version { $version }
    }{ $size ->
        [none] {""}
       *[other] , { $size }
    }
model-unusable = not usable: { $reason }
model-got = { $pair } is installed in { $path }.
model-already = { $pair } is in { $path } already, unchanged.
model-verified = as it was fetched, and usable
model-unverified = usable; there is no manifest to compare it with
model-removed = { $pair } is removed.

## Glossaries

error-line = Line { $line }: { $problem }
error-glossary-too-large = The file has more than { $mebibytes } MiB.
error-glossary-no-terms = No column has terms.
error-glossary-column = There is no column “{ $name }”.
error-glossary-column-twice = The column “{ $name }” is there twice.
error-glossary-language = The language of “{ $name }” is not known.
error-glossary-cells = The row has { $cells } cells, the header only { $columns }.
error-glossary-entity = “{ $name }” would have to be resolved, which polypost does not do.
# $root is "none" for a file without elements
error-glossary-root =
    { $root ->
        [none] The file is not TBX.
       *[other] The file is not TBX: it begins with “{ $root }”.
    }
hint-glossary-kind = Glossaries are .csv, .tsv, .tbx or .xml (TBX).
hint-glossary-columns = The first row names the columns: language tags (“en”, “de”), “de:admitted”, “de:forbidden”, “part-of-speech”, “case”, “do-not-translate” and “note”. What begins with “#” is passed over.
hint-glossary-language = Name languages in the header (“en”, “de”), or say them with “--from” and a single “--to”, or with “source” and “targets” in polypost.toml.
hint-glossary-cells = A cell with a comma in it stands in quotation marks.
hint-glossary-entity = Write characters as they are, or by their numbers.
# Behind the place of an entry, as in “terms.csv:7: ”
flaw-no-term = the entry has no term
flaw-alone = “{ $term }” has no term in a language other than { $locale }
flaw-no-word = “{ $term }” has no letter or digit, so it is never found
flaw-duplicate = “{ $term }” is there already: { $other }
flaw-conflict = “{ $term }” is “{ $own }” in { $locale } here, and “{ $others }” in { $other }
flaw-contradiction = “{ $term }” ({ $locale }) is forbidden and allowed at once
flaw-translated = “{ $term }” is not to be translated, and has the translation “{ $other }”
departure-missing = the glossary wants “{ $wanted }” for “{ $term }”
# $instead is "none" where the glossary does not say what to use
departure-forbidden =
    { $instead ->
        [none] the glossary forbids “{ $found }” for “{ $term }”
       *[other] the glossary forbids “{ $found }” for “{ $term }” and wants “{ $instead }”
    }
departure-changed = the glossary wants “{ $term }” to stay as it is
summary-glossary =
    { $concepts ->
        [one] One entry
       *[other] { $concepts } entries
    } in { $files ->
        [one] one file
       *[other] { $files } files
    }, { $flaws ->
        [0] nothing wrong.
        [one] one thing wrong.
       *[other] { $flaws } things wrong.
    }

## What happens

state-machine = machine
state-reviewed = reviewed
memory-imported =
    { $pairs ->
        [one] One translation read
       *[other] { $pairs } translations read
    }{ $stored ->
        [0] , nothing new.
        [one] , one of them new.
       *[other] , { $stored } of them new.
    }
memory-skipped =
    { $count ->
        [one] One unit gave nothing: it lacks a language that is wanted, or a text.
       *[other] { $count } units gave nothing: they lack a language that is wanted, or a text.
    }
memory-without-codes =
    { $count ->
        [one] In one translation, the tags are not those of the source; it was taken without them.
       *[other] In { $count } translations, the tags are not those of the source; they were taken without them.
    }
memory-exported =
    { $count ->
        [one] One translation written to { $path }.
       *[other] { $count } translations written to { $path }.
    }
memory-stats =
    { $pairs ->
        [one] one translation
       *[other] { $pairs } translations
    }, { $contexts ->
        [one] one context
       *[other] { $contexts } contexts
    }, { $answers ->
        [one] one kept answer
       *[other] { $answers } kept answers
    }, { $size }
memory-pruned =
    { $count ->
        [0] Nothing to remove.
        [one] One translation removed.
       *[other] { $count } translations removed.
    }
memory-verified =
    { $pairs ->
        [one] One translation checked
       *[other] { $pairs } translations checked
    }{ $faults ->
        [0] , all is well.
        [one] , one fault.
       *[other] , { $faults } faults.
    }
fault-file = the file is damaged: { $detail }
fault-unreadable = the text and its tags don't fit together
fault-codes = the tags of the translation are not those of its source
fault-unindexed = the translation can't be found by its text
progress-posts = posts
progress-segments = segments
progress-left = left:
interrupted = Interrupted. No output was changed.
in-file = { $file }: { $message }
field-refused = { $place }: left as it was. { $reason }
nothing-found = { $file }: nothing to translate was found.
hint-nothing-found = Is the text in the language of “--from”? Which fields are read is said with “--field” or “fields” in polypost.toml.
segment-failed = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}“{ $text }”
    } was not translated. { $reason }
segment-kept = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}“{ $text }”
    } keeps the translation that it had. { $reason }
segment-estimated = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}“{ $text }”
    }: the places of its tags were estimated: please review.
segment-pieces = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}“{ $text }”
    } was translated in pieces between its tags: please review.
segment-departs = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}“{ $text }”
    }: { $departure }.
segment-way = { $place }, { $segment }: { $way }{ $text ->
        [none] {""}
       *[other] {" "}“{ $text }”
    }
way-direct = translated
way-retried = translated on the second try
way-projected = translated, tags placed by alignment
way-estimated = translated, places of tags estimated
way-pieces = translated in pieces
way-source = not translated
failure-backend =
    { $detail ->
        [none] The backend gives no reason.
       *[other] The backend says: { $detail }
    }
failure-no-reply = The backend gave no answer.
failure-stopped = The backend had stopped by then.
failure-budget = It would be more than “--max-chars” allows.
failure-empty = The answer is empty.
failure-no-alignment = The answer does not tell where the tags belong.
failure-code-missing = Tag { $code } is missing.
failure-code-unexpected = Tag { $code } is superfluous.
failure-code-nesting = Tag { $code } is wrongly nested.
failure-code-order = Tag { $code } is out of order.
failure-code-protected = The protected text of tag { $code } was changed.
note-link-relative = the link “{ $link }” is relative and stays as it is
note-link-not-localized = the link “{ $link }” leads to a page that is not translated and stays as it is
note-excerpt-derived = { $field } was derived from the translated content
note-excerpt-torn = { $field } looks generated, but not from this content; it was translated on its own and should be reviewed
# $segments is "none" where none are sent, $files where the result goes to standard output
summary =
    { $posts ->
        [one] One post
       *[other] { $posts } posts
    }{ $languages ->
        [one] {""}
       *[other] {" "}in { $languages } languages
    }{ $segments ->
        [none] {" "}with { $backend }
        [0] , nothing to translate
        [one] , one segment with { $backend }
       *[other] , { $segments } segments with { $backend }
    }{ $files ->
        [none] .
        [0] ; no file changed.
        [one] ; one file written.
       *[other] ; { $files } files written.
    }
origin-memory = { $count } from the memory ({ $backend })
origin-backend = { $count } with { $backend }
origin-catalog = { $count } from the catalog
origin-earlier = { $count } translated by people before
summary-origins = Segments: { $parts }.
# $cost is "none" where nobody knows the price; else a number of the currency of one's bill
summary-sent =
    { $backend }: { $characters ->
        [one] one character
       *[other] { $characters } characters
    } in { $requests ->
        [one] one request
       *[other] { $requests } requests
    }{ $retries ->
        [0] {""}
        [one] , one of them repeated
       *[other] , { $retries } of them repeated
    }{ $cost ->
        [none] .
       *[other] ; about { $cost } at the assumed price.
    }
decimal-mark = .
summary-retried =
    { $count ->
        [one] One segment was translated on the second try.
       *[other] { $count } segments were translated on the second try.
    }
summary-projected =
    { $count ->
        [one] In one segment, tags were placed by alignment.
       *[other] In { $count } segments, tags were placed by alignment.
    }
summary-estimated =
    { $count ->
        [one] In one segment, the places of the tags were estimated and should be reviewed.
       *[other] In { $count } segments, the places of the tags were estimated and should be reviewed.
    }
summary-pieces =
    { $count ->
        [one] One segment was translated in pieces and should be reviewed.
       *[other] { $count } segments were translated in pieces and should be reviewed.
    }
summary-departing =
    { $count ->
        [one] One segment departs from the glossary.
       *[other] { $count } segments depart from the glossary.
    }
summary-links =
    { $count ->
        [one] One link stays as it was; “-v” names it.
       *[other] { $count } links stay as they were; “-v” names them.
    }
summary-more-named =
    { $count ->
        [one] One more segment needs a look; “-v” names it.
       *[other] { $count } more segments need a look; “-v” names them.
    }
summary-failed =
    { $count ->
        [one] One text was not translated.
       *[other] { $count } texts were not translated.
    }
dry-run =
    { $target }: { $posts ->
        [one] one post
       *[other] { $posts } posts
    }, { $segments ->
        [one] one segment
       *[other] { $segments } segments
    }, { $characters ->
        [one] one character
       *[other] { $characters } characters
    }{ $cost ->
        [none] {""}
       *[other] ; about { $cost } with { $backend } at the assumed price
    }
