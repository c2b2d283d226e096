# Français. La référence est locales/en. Consignes à l’infinitif.
# article = post, unité = unit, segment = segment, champ = field, moteur = backend.
# Espaces insécables : U+00A0 avant « : » et à l’intérieur des guillemets, U+202F avant ; ! ?

## Étiquettes et titres

label-error = Erreur :
label-warning = Avertissement :
label-cause = Cause :
label-hint = Conseil :
heading-usage = Utilisation :
# Le deux-points est ajouté par le programme, sans espace : elle est donc ici.
heading-commands = Commandes{"\u00A0"}
heading-arguments = Arguments{"\u00A0"}
heading-options = Options{"\u00A0"}

## Commandes

command-polypost = Localise des articles WordPress et du HTML de sorte que, dans le diff, seule la langue change.
command-translate = Traduire des articles.
command-extract = Montrer ce qui serait traduit : unités, segments, codes.
command-backends = Montrer quels moteurs sont utilisables ici et ce qui manque aux autres.
command-models = Gérer les modèles du moteur intégré.
command-models-list = Lister les modèles : ceux qui sont installés et ceux qu’un miroir propose.
command-models-get = Télécharger des modèles et les installer.
command-models-verify = Vérifier les modèles installés : leurs fichiers, et si le moteur peut s’en servir.
command-models-remove = Supprimer des modèles.
command-memory = Gérer la mémoire : les traductions antérieures.
command-memory-import = Faire entrer dans la mémoire les traductions de fichiers TMX.
command-memory-export = Écrire la mémoire en TMX 1.4b.
command-memory-stats = Compter ce que contient la mémoire.
command-memory-prune = Retirer des traductions de la mémoire : celles qui sont remplacées dans tous leurs contextes, et celles que désignent les options.
command-memory-verify = Vérifier la mémoire : son fichier, chaque texte et chaque balise.
command-glossary = Gérer les glossaires du projet.
command-glossary-check = Chercher les doublons, les conflits et les lacunes des glossaires.
command-completions = Afficher un script de complétion pour un shell.
command-man = Afficher la page de manuel, ou les écrire toutes dans un dossier.

examples-polypost =
    Exemples :
      polypost translate post.json --to es
      polypost extract post.json

    « polypost COMMANDE --help » explique une commande.
examples-translate =
    Exemples :
      polypost translate post.json --from en --to es
          écrit es/post.json avec l’Apertium installé
      polypost translate posts/ --to de,es --backend exec:./engine.sh
          interroge un programme personnel
      polypost translate page.html --to es --stdout | diff page.html -
          montre ce qui change

    Codes de sortie : 0 terminé, 1 tout n’a pas été traduit, 2 mauvais usage
    ou mauvaise configuration, 3 fichiers, 4 clé ou quota refusés, 130 et 143
    en cas de signal. À partir de 2, rien n’est écrit.
examples-extract =
    Exemples :
      polypost extract post.json
      polypost extract page.html --format jsonl | jq .plain
examples-backends =
    Exemple :
      polypost backends --format json
examples-models =
    Exemples :
      polypost models get en-de --from-mirror https://models.example/firefox
      polypost models list

    Les modèles sont dans le dossier qu’indique POLYPOST_MODELS, ou « folder »
    sous [models] dans polypost.toml, sinon dans le dossier de données de
    l’utilisateur.
examples-models-list =
    Exemple :
      polypost models list --format json
examples-models-get =
    Exemples :
      polypost models get en-de en-es --from-mirror https://models.example/firefox
      polypost models get en-de --mozilla

    Sans « --from-mirror » ni « --mozilla », les modèles viennent de « url »,
    sous [models] dans polypost.toml.
examples-models-verify =
    Exemple :
      polypost models verify en-de
examples-models-remove =
    Exemple :
      polypost models remove en-de
examples-memory =
    Exemples :
      polypost memory import agency.tmx
      polypost memory export --out memory.tmx
      polypost memory stats

    La mémoire est .polypost/memory.db, dans le projet.
examples-memory-import =
    Exemples :
      polypost memory import agency.tmx --from en --to de
      polypost memory import engine.tmx --state machine --origin engine

    Avec « --from » et « --to », les régions ne comptent pas : en-US est
    enregistré sous en. Une traduction déjà présente n’entre pas deux fois.
examples-memory-export =
    Exemples :
      polypost memory export --out memory.tmx
      polypost memory export --from en --to de | xmllint --noout -
examples-memory-stats =
    Exemple :
      polypost memory stats --format json
examples-memory-prune =
    Exemples :
      polypost memory prune
      polypost memory prune --machine --origin deepl
      polypost memory prune --keep 100000 --from en --to de

    Quand il y a plusieurs options, toutes doivent être remplies.
examples-memory-verify =
    Exemple :
      polypost memory verify
examples-glossary =
    Exemple :
      polypost glossary check

    Les glossaires sont des fichiers CSV, TSV ou TBX. Ceux qui servent sont
    indiqués par « glossary » dans polypost.toml ou par l’option
    « --glossary » de « polypost translate ».
examples-glossary-check =
    Exemples :
      polypost glossary check
      polypost glossary check terms.tbx --format json

    Codes de sortie : 0 rien à signaler, 1 il y a des défauts, 2 utilisation
    ou configuration incorrecte, 3 un fichier est illisible.
examples-completions =
    Exemple :
      polypost completions bash \
          > ~/.local/share/bash-completion/completions/polypost
examples-man =
    Exemple :
      polypost man --out /usr/local/share/man/man1

## Arguments

value-command = COMMANDE
value-options = OPTIONS
# Remarques placées après l’aide d’une option
help-values = [valeurs : { $values }]
help-default = [par défaut : { $value }]
help-env = [environnement : { $name }]
help-files = Articles à lire : fichiers JSON (un article, un tableau, JSON Lines) ou HTML, dossiers, motifs, ou « - » pour l’entrée standard. Sans indication : les articles de polypost.toml.
value-files = FICHIER
help-to = Langues souhaitées, sous forme d’étiquettes BCP 47 séparées par des virgules : de,pt-BR.
value-to = LANGUES
help-from = Langue du texte. Par défaut, c’est polypost.toml qui l’indique, sinon le texte lui-même, jamais l’adresse.
value-from = LANGUE
help-backend = Moteur qui traduit : local, apertium, deepl, google, azure, libretranslate, openai, anthropic, exec:COMMAND, pseudo ou identity ; après un deux-points, l’URL d’un serveur. « polypost backends » en dit plus.
value-backend = MOTEUR
help-glossary = Glossaire : CSV, TSV ou TBX ; peut être répété. Remplace ceux de polypost.toml.
value-glossary = FICHIER
help-max-chars = Envoyer au plus ce nombre de caractères ; le reste garde son texte source.
value-max-chars = NOMBRE
help-frozen = Ne rien demander : échouer avec le code de sortie 5 si quelque chose n’est pas traduit. Pour la CI.
help-retranslate = Retraduire ce qu’une machine a traduit (machine), ce qu’une personne a écrit pour une autre source (stale), ou les deux (all). Ce que des personnes ont écrit ou approuvé n’est jamais remplacé.
value-retranslate = QUOI
help-look-up = Quand un service ne dit pas quels mots de sa traduction correspondent à quels autres, faire aussi traduire ce qui se trouve entre les balises et le chercher dans l’ensemble. Ces phrases coûtent environ le double, mais les balises sont mieux placées.
help-field = Champ d’un article qui contient du texte, au lieu des champs habituels ; peut être répété. Le type est html, text ou url ; à défaut, la valeur décide.
value-field = CHEMIN[=TYPE]
help-exclude = Sélecteur CSS des éléments à laisser tels quels ; peut être répété.
value-exclude = SÉLECTEUR
help-code-class = Classe des éléments <pre> qui contiennent du code informatique ; peut être répétée.
value-code-class = CLASSE
help-segmentation = Ce qui est envoyé comme un seul texte : une phrase (par défaut) ou un bloc entier.
value-segmentation = MODE
help-links = Liens du contenu qui suivent la langue : ceux vers des articles eux aussi traduits (par défaut), tous ou aucun.
value-links = LESQUELS
help-hreflang = Ajouter à l’en-tête des pages les liens manquants vers les versions dans les autres langues (hreflang).
help-site = Adresse de l’accueil du site, sans langue : https://example.com/blog.
value-site = URL
help-output = Chemin d’un fichier de sortie dans le projet, avec {"{lang}"}, {"{path}"}, {"{dir}"}, {"{stem}"}, {"{ext}"} et {"{slug}"}. Par défaut : {"{lang}/{path}"}.
value-output = MOTIF
help-out = Écrire dans ce fichier ou sous ce dossier.
value-out = CHEMIN
help-stdout = Écrire sur la sortie standard : un article, une langue.
help-show = Montrer chaque texte avant et après.
help-dry-run = Compter ce qui serait envoyé. Rien n’est envoyé ni écrit.
help-force = Écraser aussi les fichiers de sortie que polypost n’a pas écrits ou qui ont été modifiés depuis.
help-usage = Demander à DeepL combien de caractères du compte sont utilisés et permis.
help-format = Format de la sortie.
value-format = FORMAT
help-pairs = Modèles, d’après leurs langues : en-de, en-zh-Hant.
value-pairs = PAIRE
help-from-mirror = Prendre les modèles sur ce miroir : une adresse ou un dossier, avec un index.
value-from-mirror = ADRESSE
help-mozilla = Prendre les modèles chez Mozilla, dont les serveurs sont destinés à Firefox : pour essayer.
help-folder = Dossier des modèles.
value-folder = DOSSIER
help-tmx-files = Fichiers TMX à lire, ou « - » pour l’entrée standard.
value-tmx-files = FICHIER
help-source-language = Langue des textes d’origine.
value-source-language = LANGUE
help-target-languages = Langues des traductions, séparées par des virgules.
value-target-languages = LANGUES
help-state = Si quelqu’un a relu les traductions, quand le fichier ne le dit pas.
value-state = ÉTAT
help-named-origin = D’où viennent les traductions, quand le fichier ne le dit pas. Par défaut, son nom.
value-named-origin = NOM
help-tmx-out = Fichier à écrire, au lieu de la sortie standard.
value-tmx-out = FICHIER
help-keep = Retirer toutes les traductions, sauf autant des dernières enregistrées.
value-keep = NOMBRE
help-machine = Retirer celles que personne n’a relues.
help-of-origin = Retirer celles de cette provenance.
value-of-origin = NOM
help-glossaries = Glossaires à vérifier : fichiers ou motifs. Par défaut : ceux de polypost.toml.
value-glossaries = FICHIER
help-shell = Shell auquel le script est destiné.
value-shell = SHELL
help-directory = Dossier où écrire les pages.
value-directory = DOSSIER
help-config = Fichier de configuration, au lieu du polypost.toml le plus proche.
value-config = FICHIER
help-lang = Langue des messages : en, de, es ou fr.
value-lang = LANGUE
help-quiet = Seulement les avertissements et les erreurs.
help-verbose = Rendre compte de chaque segment ; avec -vvv, de son texte aussi.
help-no-progress = Pas de barre de progression.
help-color = Quand utiliser des couleurs.
value-color = QUAND
help-help = Afficher l’aide.
help-version = Afficher la version.

## Erreurs dans la ligne de commande

error-argument-unknown = L’option « { $argument } » n’existe pas.
error-argument-unexpected = « { $argument } » n’est pas attendu ici.
error-argument-missing = Il manque { $argument }.
error-argument-conflict = « { $argument } » est incompatible avec « { $other } ».
error-argument-twice = « { $argument } » ne peut être utilisé qu’une fois.
error-arguments = La ligne de commande est incompréhensible : { $detail }.
error-command-unknown = La commande « { $command } » n’existe pas.
error-command-missing = Il manque une commande.
error-value-missing = « { $argument } » attend une valeur.
error-value =
    { $valid ->
        [none] « { $value } » n’est pas une valeur valide pour { $argument }.
       *[other] « { $value } » n’est pas une valeur valide pour { $argument }. Valeurs valides : { $valid }.
    }
hint-help = « --help » présente les commandes et les options.
hint-did-you-mean = Vouliez-vous dire « { $name } » ?
error-locale = « { $tag } » n’est pas une étiquette de langue.
hint-locale = Les étiquettes de langue sont celles de BCP 47 : de, pt-BR, zh-Hant.
error-no-target = Aucune langue cible n’est indiquée.
hint-no-target = L’indiquer avec « --to es » ou avec « targets » dans polypost.toml.
error-no-files = Il n’y a rien à traduire.
hint-no-files = Indiquer des fichiers ou des dossiers, ou définir les articles du projet avec « posts » dans polypost.toml.
error-no-glossary = Il n’y a aucun glossaire à vérifier.
hint-no-glossary = Indiquer des fichiers, ou définir les glossaires du projet avec « glossary » dans polypost.toml.
error-glob = « { $pattern } » n’est pas un motif valide : { $detail }
error-no-match = Aucun fichier ne correspond à « { $pattern } ».
error-language-unknown = La langue du texte n’a pas pu être reconnue.
hint-language-unknown = L’indiquer avec « --from en » ou avec « source » dans polypost.toml.
language-identified = La langue du texte semble être « { $language } » ; sinon, l’indiquer avec « --from ».
error-stdout-one = La sortie standard n’accepte qu’un fichier et qu’une langue.
hint-stdout-one = Retirer « --stdout » pour écrire des fichiers, ou lancer polypost séparément pour chacun.
error-stdin-output = Un texte lu sur l’entrée standard n’a pas de nom de fichier dont dériver une sortie.
hint-stdin-output = Indiquer sa destination avec « --stdout » ou « --out CHEMIN ».
error-selector = « { $selector } » n’est pas utilisable comme sélecteur CSS.
hint-selector = Un sélecteur s’écrit comme « aside », « .byline », « #footer » ou « p[data-note] ». Ce qui dépend du moment ou n’est pas un élément, comme « :hover » ou « ::before », n’est pas admis.
error-field-path = « { $path } » n’est pas le chemin d’un champ : les noms sont séparés par des points, « * » remplace n’importe lequel.
error-site-url = « { $url } » n’est pas l’adresse d’un site.
error-site-prefix = « { $prefix } » ne peut pas être le préfixe de chemin de { $locale }.

## Erreurs dans la configuration

error-configuration = La configuration { $path } contient une erreur.
cause-configuration = dans { $path }
error-toml = Ligne { $line } : { $detail }
error-key-unknown = La clé « { $key } » n’existe pas.
hint-keys = Clés connues : { $keys }.

## Erreurs concernant les sorties

error-pattern = « { $pattern } » ne convient pas comme motif des chemins de sortie.
error-pattern-empty = Il est vide.
error-pattern-placeholder =
    { $suggestion ->
        [none] La variable « { $name } » n’existe pas.
       *[other] La variable « { $name } » n’existe pas. Vouliez-vous dire « { $suggestion } » ?
    }
error-pattern-unclosed =
    { $suggestion ->
        [none] Une accolade n’est pas fermée.
       *[other] Une accolade n’est pas fermée. Vouliez-vous dire « { $suggestion } » ?
    }
error-pattern-unopened = L’accolade fermante en position { $at } n’a pas d’accolade ouvrante.
error-output = Impossible de former un chemin de sortie pour { $path }.
error-output-slug = Le motif demande un slug, et l’article n’en a pas.
error-output-value = « { $value } » ne peut pas faire partie d’un nom de fichier.
error-output-no-file = « { $path } » ne désigne pas un fichier.
error-output-leaves = « { $path } » est hors du projet.
error-output-character = « { $path } » contient un caractère interdit dans un chemin.
error-output-is-source = { $path } est un fichier source et serait écrasé.
hint-output-is-source = Inclure la langue dans le chemin des sorties, par exemple {"« --output {lang}/{path} »"}.
hint-out-is-source = Indiquer un autre fichier ou dossier avec « --out ».
error-output-twice = { $path } serait écrit deux fois : pour { $first } et pour { $second }.
hint-output-twice = Utiliser un motif qui distingue les sorties, par exemple {"« --output {lang}/{path} »"}.
hint-catalog-twice = Utiliser pour « catalogs » un motif qui les distingue, par exemple {"« i18n/{lang}/{path}.xlf »"}.
error-catalog = Impossible de lire le catalogue { $path }.
hint-catalog = Il peut contenir le travail de quelqu’un et n’est donc pas écrasé : le réparer, ou reprendre la dernière version correcte.
error-catalog-changed = Le catalogue { $path } a été modifié pendant l’exécution ; rien n’a été écrit.
hint-catalog-changed = Relancer : les réponses des services sont conservées.
in-line = ligne { $line } : { $message }
xml-malformed = ligne { $line } : ce n’est pas du XML bien formé : { $detail }
xml-doctype = ligne { $line } : une déclaration de type de document n’est pas acceptée.
xml-entity = ligne { $line } : l’entité « { $name } » est inconnue.
xml-too-large = ligne { $line } : le fichier est trop grand ou trop profondément imbriqué.
xml-encoding = Le fichier n’est ni en UTF-8 ni en UTF-16.
catalog-format = ligne { $line } : la racine est « { $found } », alors qu’on attend { $wanted }.
catalog-no-language = ligne { $line } : « { $name } » manque, la langue est donc inconnue.
catalog-refused = { $path }, ligne { $line }, segment { $segment } : les balises de cette traduction ne sont pas celles de la source ; elle n’a donc pas été utilisée et reste comme proposition.{ $reason ->
        [none] {""}
       *[other] {" "}{ $reason }
    }
catalog-target = C’est un catalogue pour « { $found } », pas pour « { $wanted } ».
error-catalogs-lang = « catalogs » vaut { $pattern }, ce qui donne un seul fichier pour toutes les langues.
error-output-not-ours = { $path } existe déjà et n’a pas été écrit par polypost.
error-output-edited = { $path } a été modifié depuis que polypost l’a écrit.
hint-force = Déplacer le fichier, ou l’écraser avec « --force ».
error-frozen = { $post } : { $count ->
        [one] { $count } segment n’est pas traduit
       *[other] { $count } segments ne sont pas traduits
    } (nouveau, ou changé dans la source), et « --frozen » n’autorise aucune requête.
hint-frozen = Lancer « polypost translate » sans « --frozen » et versionner le résultat.
error-outside-project = { $path } n’est pas dans le projet { $root }.
hint-outside-project = Indiquer la destination du résultat avec « --out », ou travailler dans le projet du fichier.

## Erreurs concernant les fichiers

error-file = { $path } n’est pas utilisable.
error-not-found = Ce fichier n’existe pas.
error-empty = Le fichier est vide.
error-kind = Les fichiers qui se terminent par « .{ $extension } » ne sont pas lus.
hint-kind = polypost lit .json, .jsonl, .ndjson, .html, .htm et .xhtml. Un article sous un autre nom peut passer par l’entrée standard : « - ».
error-io = { $detail }
error-not-utf8 = L’octet { $offset } (compté à partir de 0) n’est pas de l’UTF-8.
hint-encoding = Convertir d’abord le fichier en UTF-8, par exemple avec « iconv -f WINDOWS-1252 -t UTF-8 ».
error-json = Ligne { $line }, colonne { $column } : { $detail }
error-html-too-deep = Les éléments sont imbriqués sur plus de { $limit } niveaux.
error-html-too-tangled = Les éléments de mise en forme se chevauchent si souvent que la lecture prendrait trop de temps.
error-html-too-large = Le texte est trop volumineux ({ $bytes } octets).
error-memory = La mémoire { $path } est inutilisable.
hint-memory = Elle contient ce qui a déjà été traduit. Rendre son dossier accessible en écriture, ou déplacer le fichier pour en commencer une autre.
memory-damaged = La mémoire était endommagée et s’appelle maintenant { $path } ; une nouvelle a été commencée.
memory-rebuilt = La mémoire manquait ; { $count ->
        [one] { $count } traduction a été reprise
       *[other] { $count } traductions ont été reprises
    } des catalogues.
error-tmx = Ligne { $line } : { $reason }
error-tmx-encoding = TMX s’écrit en UTF-8 ou en UTF-16, non en « { $name } ».
error-tmx-root = Le fichier n’est pas du TMX : il commence par « { $name } ».
error-tmx-declarations = Le type de document contient ses propres déclarations, que polypost ne lit pas.
error-tmx-entity = L’entité « { $name } » est inconnue.
error-tmx-deep = Des éléments sont imbriqués à plus de { $limit } niveaux.
error-tmx-large = Une unité dépasse { $limit } octets.
error-tmx-unfinished = Le fichier se termine trop tôt.
hint-tmx = Ce qui précède cette ligne est maintenant dans la mémoire ; la même commande fera entrer le reste du fichier corrigé.
error-memory-direction = Ici, « --from » et « --to » vont ensemble, avec une langue chacun.
hint-memory-faults = Déplacer le fichier, ou retirer ce qui est endommagé et le faire entrer de nouveau ; « polypost memory export » écrit ce qui peut être lu.
error-internal = C’est un bogue de polypost : { $detail }

## Moteurs

backend-local = les modèles de Firefox, exécutés par polypost lui-même : confidentiel, hors ligne
backend-apertium = Apertium, installé ici : à base de règles, hors ligne
backend-apy = un serveur Apertium (APy)
backend-deepl = DeepL, gratuit ou Pro
backend-google = Google Cloud Translation, v2 ou, avec un projet, v3
backend-azure = Azure Translator
backend-libretranslate = un serveur LibreTranslate, par défaut celui de cette machine
backend-openai = les modèles de langage d’OpenAI
backend-openai-url = tout serveur à l’interface d’OpenAI : Ollama, vLLM, llama.cpp
backend-anthropic = les modèles de langage d’Anthropic
backend-exec = tout programme qui lit et écrit du JSON Lines
backend-pseudo = accents et crochets, pour voir ce qui est traduit et ce qui tient
backend-identity = la source elle-même, pour voir que rien d’autre ne change
pairs-all = pour toutes les langues
pairs-unknown = les langues dépendent de ce qui est indiqué
pairs-asked = ses langues lui sont demandées à l’usage
pairs-none = aucune paire de langues installée ; sous Debian : apt-get install apertium-eng-spa
pairs-none-local = aucun modèle installé ; « polypost models get en-de » en télécharge un
pairs-listed = paires installées : { $pairs }
pairs-error = inutilisable : { $reason }
backend-usage = { $used } caractères sur { $allowed } sont utilisés pour cette période
error-backend-unknown = Le moteur « { $name } » n’existe pas.
error-backend-argument-missing = Le moteur « { $name } » attend un argument, comme dans « exec:COMMAND ».
error-backend-argument = Le moteur « { $name } » ne peut pas être utilisé avec « { $argument } ».
error-backend-not-installed = « { $program } » n’est pas installé.
error-backend-pair = { $backend } ne traduit pas de { $from } vers { $to }. Paires disponibles : { $supported }.
error-backend-no-pairs = { $backend } ne traduit pas de { $from } vers { $to }. Aucune paire de langues n’est installée.
error-backend-refused =
    { $backend } refuse la clé, ou le quota est épuisé{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
error-backend-service =
    { $status ->
        [none] { $backend } est injoignable
       *[other] { $backend } répond avec le statut { $status }
    }{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
error-backend-program =
    { $code ->
        [none] « { $program } » a échoué
       *[other] « { $program } » s’est terminé avec le code { $code }
    }{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
error-backend-no-key = { $backend } a besoin d’une clé : aucune de ces variables n’est définie : { $variables }.
error-backend-key-command =
    La commande qui donne la clé de { $backend } a échoué{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
error-backend-address = « { $url } » ne peut pas être l’adresse de { $backend }.
error-backend-file =
    { $backend } ne peut pas lire « { $path } »{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
error-backend-option-missing = { $backend } a besoin de « { $key } ».
error-backend-rejected =
    { $backend } n’accepte pas la requête{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
error-backend-glossary =
    { $backend } n’accepte pas le glossaire de { $from } vers { $to }{ $detail ->
        [none] .
       *[other]  : { $detail }
    }
hint-key = Définir la variable d’environnement, ou « key-command » dans [backends.{ $backend }] de polypost.toml.
hint-option = Indiquer « { $key } » dans [backends.{ $backend }] de polypost.toml.
hint-address = Une adresse commence par https:// ; http:// ne vaut que pour cette machine. Elle ne doit contenir aucune clé.
hint-backend-glossary = « polypost glossary check » montre les défauts d’un glossaire ; « glossary » dans [backends.deepl] de polypost.toml en désigne un que DeepL possède déjà.
error-backend-not-built = { $backend } ne fait pas partie de cette version compilée de polypost.
error-backend-processor = Cette version compilée de { $backend } demande un processeur avec { $needs } ; avec l’option Cargo « portable », elle s’en passe.
error-no-backend = Aucun moteur n’est indiqué, et le moteur habituel n’est pas utilisable ici.
hint-backends = « polypost backends » montre ceux qui existent.
hint-backend-choices =
    Télécharger un modèle pour le moteur intégré (polypost models get en-de),
    installer une paire de langues pour Apertium
      (sous Debian : apt-get install apertium-eng-spa),
    indiquer un serveur Apertium (--backend apertium:http://localhost:2737)
    ou un programme personnel (--backend exec:COMMAND).
    « polypost backends » montre ce qui est utilisable.

## Modèles

error-model-missing =
    { $get ->
        [none] Aucun modèle installé ne traduit de { $from } vers { $to }.
       *[other] Aucun modèle installé ne traduit de { $from } vers { $to } ; « polypost models get { $get } » télécharge ce qui manque.
    }{ $installed ->
        [none] {""}
       *[other] {" "}Modèles installés : { $installed }.
    }
error-model-broken = Le modèle { $pair } est inutilisable. { $path } : { $detail }
error-model-io = { $path } : { $detail }
error-model-folder = Il n’y a pas de dossier pour les modèles.
error-model-not-installed = Le modèle { $pair } n’est pas installé.
error-model-name = « { $name } » n’est pas le nom d’un modèle.
error-model-source-missing = Rien n’indique d’où viennent les modèles.
error-model-address = Des modèles ne peuvent pas venir de « { $address } ».
error-model-source =
    { $status ->
        [none] { $address } est injoignable : { $detail }
       *[other] { $address } répond avec le statut { $status } : { $detail }
    }
error-model-index = L’index { $address } est inutilisable : { $detail }
error-model-not-offered =
    { $offered ->
        [none] Le modèle { $pair } n’est pas proposé ; il n’y en a aucun.
       *[other] Le modèle { $pair } n’est pas proposé. Modèles proposés : { $offered }.
    }
error-model-mismatch = { $address } n’est pas ce qui était attendu : { $detail }
hint-model-broken = « polypost models get { $pair } » le télécharge de nouveau.
hint-model-list = « polypost models list » montre ce qui existe.
hint-model-name = Les modèles portent le nom de leurs deux langues : en-de, de-en, en-zh-Hant.
hint-model-source = Indiquer un miroir avec « --from-mirror », ou avec « url » sous [models] dans polypost.toml ; ou bien prendre « --mozilla ».
hint-model-address = Sont possibles https, un dossier, ou http sur cette machine ou dans un réseau privé.
hint-model-folder = En indiquer un avec POLYPOST_MODELS.
hint-model-again = Ce qui est arrivé est conservé ; la même commande reprend à partir de là.
models-none = Aucun modèle n’est installé dans { $path }.
models-mozilla = Les serveurs de Mozilla sont destinés à Firefox : ils conviennent pour essayer polypost ; pour un usage régulier, mieux vaut un miroir à soi.
model-installed =
    { $version ->
        [none] installé, { $size }
       *[other] installé, version { $version }, { $size }
    }
model-offered =
    { $version ->
        [none] proposé
       *[other] proposé, version { $version }
    }{ $size ->
        [none] {""}
       *[other] , { $size }
    }
model-unusable = inutilisable : { $reason }
model-got = { $pair } est installé dans { $path }.
model-already = { $pair } est déjà dans { $path }, inchangé.
model-verified = tel qu’il a été téléchargé, et utilisable
model-unverified = utilisable ; aucun manifeste ne permet de le comparer
model-removed = { $pair } est supprimé.

## Glossaires

error-line = Ligne { $line } : { $problem }
error-glossary-too-large = Le fichier dépasse { $mebibytes } Mio.
error-glossary-no-terms = Aucune colonne ne contient de termes.
error-glossary-column = Il n’y a pas de colonne « { $name } ».
error-glossary-column-twice = La colonne « { $name } » figure deux fois.
error-glossary-language = La langue de « { $name } » n’est pas connue.
error-glossary-cells = La ligne compte { $cells } cellules, l’en-tête seulement { $columns }.
error-glossary-entity = Il faudrait développer « { $name } », ce que polypost ne fait pas.
error-glossary-root =
    { $root ->
        [none] Le fichier n’est pas du TBX.
       *[other] Le fichier n’est pas du TBX : il commence par « { $root } ».
    }
hint-glossary-kind = Les glossaires sont en .csv, .tsv, .tbx ou .xml (TBX).
hint-glossary-columns = La première ligne nomme les colonnes : étiquettes de langue (« en », « de »), « de:admitted », « de:forbidden », « part-of-speech », « case », « do-not-translate » et « note ». Ce qui commence par « # » est ignoré.
hint-glossary-language = Nommer les langues dans l’en-tête (« en », « de »), ou les indiquer avec « --from » et un seul « --to », ou avec « source » et « targets » dans polypost.toml.
hint-glossary-cells = Une cellule qui contient une virgule se met entre guillemets.
hint-glossary-entity = Écrire les caractères tels quels, ou par leur numéro.
# Derrière l’endroit d’un concept, comme dans « terms.csv:7: »
flaw-no-term = le concept n’a aucun terme
flaw-alone = « { $term } » n’a de termes qu’en { $locale }
flaw-no-word = « { $term } » n’a ni lettre ni chiffre et n’est donc jamais trouvé
flaw-duplicate = « { $term } » figure déjà ici : { $other }
flaw-conflict = « { $term } » se dit ici « { $own } » en { $locale }, et « { $others } » dans { $other }
flaw-contradiction = « { $term } » ({ $locale }) est à la fois interdit et admis
flaw-translated = « { $term } » ne doit pas être traduit, et a pourtant la traduction « { $other } »
departure-missing = le glossaire demande « { $wanted } » pour « { $term } »
departure-forbidden =
    { $instead ->
        [none] le glossaire interdit « { $found } » pour « { $term } »
       *[other] le glossaire interdit « { $found } » pour « { $term } » et demande « { $instead } »
    }
departure-changed = selon le glossaire, « { $term } » reste tel quel
summary-glossary =
    { $concepts ->
        [one] { $concepts } concept
       *[other] { $concepts } concepts
    } dans { $files ->
        [one] { $files } fichier
       *[other] { $files } fichiers
    }, { $flaws ->
        [0] aucun défaut.
        [one] { $flaws } défaut.
       *[other] { $flaws } défauts.
    }

## Ce qui se passe

state-machine = automatique
state-reviewed = relue
memory-imported =
    { $pairs ->
        [one] { $pairs } traduction lue
       *[other] { $pairs } traductions lues
    }{ $stored ->
        [0] , rien de nouveau.
        [one] , dont { $stored } nouvelle.
       *[other] , dont { $stored } nouvelles.
    }
memory-skipped =
    { $count ->
        [one] { $count } unité n’a rien donné : il lui manque une langue demandée ou un texte.
       *[other] { $count } unités n’ont rien donné : il leur manque une langue demandée ou un texte.
    }
memory-without-codes =
    { $count ->
        [one] Dans { $count } traduction, les balises ne sont pas celles de l’original ; elle est entrée sans elles.
       *[other] Dans { $count } traductions, les balises ne sont pas celles de l’original ; elles sont entrées sans elles.
    }
memory-exported =
    { $count ->
        [one] { $count } traduction écrite dans { $path }.
       *[other] { $count } traductions écrites dans { $path }.
    }
memory-stats =
    { $pairs ->
        [one] { $pairs } traduction
       *[other] { $pairs } traductions
    }, { $contexts ->
        [one] { $contexts } contexte
       *[other] { $contexts } contextes
    }, { $answers ->
        [one] { $answers } réponse conservée
       *[other] { $answers } réponses conservées
    }, { $size }
memory-pruned =
    { $count ->
        [0] Il n’y a rien à retirer.
        [one] { $count } traduction retirée.
       *[other] { $count } traductions retirées.
    }
memory-verified =
    { $pairs ->
        [one] { $pairs } traduction vérifiée
       *[other] { $pairs } traductions vérifiées
    }{ $faults ->
        [0] , tout va bien.
        [one] , { $faults } défaut.
       *[other] , { $faults } défauts.
    }
fault-file = le fichier est endommagé : { $detail }
fault-unreadable = le texte et ses balises ne vont pas ensemble
fault-codes = les balises de la traduction ne sont pas celles de son original
fault-unindexed = la traduction est introuvable par son texte
progress-posts = articles
progress-segments = segments
progress-left = reste
interrupted = Interrompu. Aucun fichier de sortie n’a été modifié.
in-file = { $file } : { $message }
field-refused = { $place } : laissé tel quel. { $reason }
nothing-found = { $file } : rien à traduire n’a été trouvé.
hint-nothing-found = Le texte est-il dans la langue de « --from » ? Les champs lus se choisissent avec « --field » ou « fields » dans polypost.toml.
segment-failed = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}« { $text } »
    } non traduit. { $reason }
segment-kept = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}« { $text } »
    } garde la traduction qu’il avait. { $reason }
segment-estimated = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}« { $text } »
    } : la position de ses balises est estimée : à relire.
segment-pieces = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}« { $text } »
    } traduit par morceaux entre ses balises : à relire.
segment-departs = { $place }, segment { $segment }{ $text ->
        [none] {""}
       *[other] {" "}« { $text } »
    } : { $departure }.
segment-way = { $place }, { $segment } : { $way }{ $text ->
        [none] {""}
       *[other] {" "}« { $text } »
    }
way-direct = traduit
way-retried = traduit au deuxième essai
way-projected = traduit, balises placées par alignement
way-estimated = traduit, position des balises estimée
way-pieces = traduit par morceaux
way-source = non traduit
failure-backend =
    { $detail ->
        [none] Le moteur n’indique aucune raison.
       *[other] Le moteur signale : { $detail }
    }
failure-no-reply = Le moteur n’a pas répondu.
failure-stopped = Le moteur s’était déjà arrêté.
failure-budget = Ce serait plus que ce que permet « --max-chars ».
failure-empty = La réponse est vide.
failure-no-alignment = La réponse n’indique pas où placer les balises.
failure-code-missing = La balise { $code } manque.
failure-code-unexpected = La balise { $code } est en trop.
failure-code-nesting = La balise { $code } est mal imbriquée.
failure-code-order = La balise { $code } n’est pas à sa place.
failure-code-protected = Le texte protégé de la balise { $code } a été modifié.
note-link-relative = le lien « { $link } » est relatif et reste tel quel
note-link-not-localized = le lien « { $link } » mène à une page qui n’est pas traduite et reste tel quel
note-excerpt-derived = { $field } a été dérivé du contenu traduit
note-excerpt-torn = { $field } semble généré, mais pas à partir de ce contenu ; ce champ a été traduit à part et devrait être relu
# En français, [one] vaut pour 0 et 1 : d’où les nombres en chiffres.
summary =
    { $posts ->
        [one] { $posts } article
       *[other] { $posts } articles
    }{ $languages ->
        [one] {""}
       *[other] {" "}en { $languages } langues
    }{ $segments ->
        [none] {" "}avec { $backend }
        [0] , rien à traduire
        [one] , { $segments } segment avec { $backend }
       *[other] , { $segments } segments avec { $backend }
    }{ $files ->
        [none] .
        [0]  ; aucun fichier modifié.
        [one]  ; un fichier écrit.
       *[other]  ; { $files } fichiers écrits.
    }
origin-memory = { $count } de la mémoire ({ $backend })
origin-backend = { $count } avec { $backend }
origin-catalog = { $count } du catalogue
origin-earlier = { $count } traduits auparavant par des personnes
summary-origins = Segments : { $parts }.
# $cost vaut "none" si le prix n’est pas connu ; sinon un montant dans la monnaie de la facture
summary-sent =
    { $backend } : { $characters ->
        [one] { $characters } caractère
       *[other] { $characters } caractères
    } en { $requests ->
        [one] { $requests } requête
       *[other] { $requests } requêtes
    }{ $retries ->
        [0] {""}
        [one] , dont { $retries } répétée
       *[other] , dont { $retries } répétées
    }{ $cost ->
        [none] .
       *[other]  ; environ { $cost } au prix supposé.
    }
decimal-mark = ,
summary-retried =
    { $count ->
        [one] { $count } segment a été traduit au deuxième essai.
       *[other] { $count } segments ont été traduits au deuxième essai.
    }
summary-projected =
    { $count ->
        [one] Dans { $count } segment, les balises ont été placées par alignement.
       *[other] Dans { $count } segments, les balises ont été placées par alignement.
    }
summary-estimated =
    { $count ->
        [one] Dans { $count } segment, la position des balises a été estimée et devrait être vérifiée.
       *[other] Dans { $count } segments, la position des balises a été estimée et devrait être vérifiée.
    }
summary-pieces =
    { $count ->
        [one] { $count } segment a été traduit par morceaux et devrait être relu.
       *[other] { $count } segments ont été traduits par morceaux et devraient être relus.
    }
summary-departing =
    { $count ->
        [one] { $count } segment s’écarte du glossaire.
       *[other] { $count } segments s’écartent du glossaire.
    }
summary-links =
    { $count ->
        [one] { $count } lien reste tel quel ; « -v » le montre.
       *[other] { $count } liens restent tels quels ; « -v » les montre.
    }
summary-more-named =
    { $count ->
        [one] { $count } autre segment est à regarder ; « -v » le nomme.
       *[other] { $count } autres segments sont à regarder ; « -v » les nomme.
    }
summary-failed =
    { $count ->
        [one] { $count } texte n’a pas été traduit.
       *[other] { $count } textes n’ont pas été traduits.
    }
dry-run =
    { $target } : { $posts ->
        [one] { $posts } article
       *[other] { $posts } articles
    }, { $segments ->
        [one] { $segments } segment
       *[other] { $segments } segments
    }, { $characters ->
        [one] { $characters } caractère
       *[other] { $characters } caractères
    }{ $cost ->
        [none] {""}
       *[other]  ; environ { $cost } avec { $backend } au prix supposé
    }
