# Español. La referencia es locales/en. Tratamiento neutro: instrucciones en infinitivo.
# entrada = post, unidad = unit, segmento = segment, campo = field, motor = backend.

## Rótulos y encabezados

label-error = Error:
label-warning = Aviso:
label-cause = Causa:
label-hint = Consejo:
heading-usage = Uso:
heading-commands = Comandos
heading-arguments = Argumentos
heading-options = Opciones

## Comandos

command-polypost = Localiza entradas de WordPress y HTML de modo que en el diff solo cambie el idioma.
command-translate = Traducir entradas.
command-extract = Mostrar qué se traduciría: unidades, segmentos, códigos.
command-backends = Mostrar qué motores pueden usarse aquí y qué les falta a los demás.
command-models = Gestionar los modelos del motor integrado.
command-models-list = Listar los modelos: los instalados y los que ofrece una réplica.
command-models-get = Descargar modelos e instalarlos.
command-models-verify = Comprobar los modelos instalados: sus archivos y si el motor puede usarlos.
command-models-remove = Eliminar modelos.
command-memory = Gestionar la memoria: traducciones anteriores.
command-memory-import = Incorporar a la memoria traducciones de archivos TMX.
command-memory-export = Escribir la memoria como TMX 1.4b.
command-memory-stats = Contar lo que hay en la memoria.
command-memory-prune = Eliminar traducciones de la memoria: las sustituidas en todos sus contextos y las que indiquen las opciones.
command-memory-verify = Comprobar la memoria: su archivo, cada texto y cada etiqueta.
command-glossary = Trabajar con los glosarios del proyecto.
command-glossary-check = Buscar duplicados, conflictos y lagunas en los glosarios.
command-completions = Generar un script de autocompletado para un intérprete de comandos.
command-man = Mostrar la página del manual o escribirlas todas en una carpeta.

examples-polypost =
    Ejemplos:
      polypost translate post.json --to es
      polypost extract post.json

    «polypost COMANDO --help» explica un comando.
examples-translate =
    Ejemplos:
      polypost translate post.json --from en --to es
          escribe es/post.json con el Apertium instalado
      polypost translate posts/ --to de,es --backend exec:./engine.sh
          pregunta a un programa propio
      polypost translate page.html --to es --stdout | diff page.html -
          muestra qué cambia

    Códigos de salida: 0 hecho, 1 algo quedó sin traducir, 2 uso o
    configuración incorrectos, 3 archivos, 4 clave o cuota rechazadas,
    130 y 143 por señales. A partir de 2 no se escribe nada.
examples-extract =
    Ejemplos:
      polypost extract post.json
      polypost extract page.html --format jsonl | jq .plain
examples-backends =
    Ejemplo:
      polypost backends --format json
examples-models =
    Ejemplos:
      polypost models get en-de --from-mirror https://models.example/firefox
      polypost models list

    Los modelos se guardan en la carpeta que indica POLYPOST_MODELS, o «folder»
    en la sección [models] de polypost.toml; si no, en la de datos del usuario.
examples-models-list =
    Ejemplo:
      polypost models list --format json
examples-models-get =
    Ejemplos:
      polypost models get en-de en-es --from-mirror https://models.example/firefox
      polypost models get en-de --mozilla

    Sin «--from-mirror» ni «--mozilla», los modelos vienen de «url», en la
    sección [models] de polypost.toml.
examples-models-verify =
    Ejemplo:
      polypost models verify en-de
examples-models-remove =
    Ejemplo:
      polypost models remove en-de
examples-memory =
    Ejemplos:
      polypost memory import agency.tmx
      polypost memory export --out memory.tmx
      polypost memory stats

    La memoria es .polypost/memory.db, dentro del proyecto.
examples-memory-import =
    Ejemplos:
      polypost memory import agency.tmx --from en --to de
      polypost memory import engine.tmx --state machine --origin engine

    Con «--from» y «--to» no importan las regiones: en-US se guarda como en.
    Una traducción que ya está en la memoria no se guarda otra vez.
examples-memory-export =
    Ejemplos:
      polypost memory export --out memory.tmx
      polypost memory export --from en --to de | xmllint --noout -
examples-memory-stats =
    Ejemplo:
      polypost memory stats --format json
examples-memory-prune =
    Ejemplos:
      polypost memory prune
      polypost memory prune --machine --origin deepl
      polypost memory prune --keep 100000 --from en --to de

    Si se dan varias opciones, deben cumplirse todas.
examples-memory-verify =
    Ejemplo:
      polypost memory verify
examples-glossary =
    Ejemplo:
      polypost glossary check

    Los glosarios son archivos CSV, TSV o TBX. Cuáles se usan lo dice
    «glossary» en polypost.toml o la opción «--glossary» de
    «polypost translate».
examples-glossary-check =
    Ejemplos:
      polypost glossary check
      polypost glossary check terms.tbx --format json

    Códigos de salida: 0 todo está bien, 1 hay defectos, 2 uso o
    configuración incorrectos, 3 un archivo no se puede leer.
examples-completions =
    Ejemplo:
      polypost completions bash \
          > ~/.local/share/bash-completion/completions/polypost
examples-man =
    Ejemplo:
      polypost man --out /usr/local/share/man/man1

## Argumentos

value-command = COMANDO
value-options = OPCIONES
# Notas tras la ayuda de una opción
help-values = [valores: { $values }]
help-default = [predeterminado: { $value }]
help-env = [entorno: { $name }]
help-files = Entradas que se leen: archivos JSON (una entrada, una lista, JSON Lines) o HTML, carpetas, patrones, o «-» para la entrada estándar. Si no se indica nada: las entradas de polypost.toml.
value-files = ARCHIVO
help-to = Idiomas deseados, como etiquetas BCP 47 separadas por comas: de,pt-BR.
value-to = IDIOMAS
help-from = Idioma del texto. Si no se indica, lo dice polypost.toml o, en su defecto, el propio texto; nunca la dirección.
value-from = IDIOMA
help-backend = Qué motor traduce: local, apertium, deepl, google, azure, libretranslate, openai, anthropic, exec:COMMAND, pseudo o identity; tras dos puntos, la URL de un servidor. «polypost backends» dice más.
value-backend = MOTOR
help-glossary = Glosario: CSV, TSV o TBX; puede repetirse. En lugar de los de polypost.toml.
value-glossary = ARCHIVO
help-max-chars = Enviar como mucho este número de caracteres; lo demás conserva el texto original.
value-max-chars = NÚMERO
help-frozen = No preguntar a nadie: fallar con el código de salida 5 si algo está sin traducir. Para CI.
help-retranslate = Volver a traducir lo que tradujo una máquina (machine), lo que una persona escribió para otro original (stale) o ambas cosas (all). Lo que han escrito o aprobado personas no se sustituye nunca.
value-retranslate = QUÉ
help-look-up = Si un servicio no indica qué palabras de la traducción corresponden a cuáles, pedir también lo que hay entre las etiquetas y buscarlo en el conjunto. Esas frases cuestan alrededor del doble, pero las etiquetas quedan mejor colocadas.
help-field = Campo de una entrada que contiene texto, en lugar de los habituales; puede repetirse. El tipo es html, text o url; sin él, lo decide el valor.
value-field = RUTA[=TIPO]
help-exclude = Selector CSS de los elementos que no se tocan; puede repetirse.
value-exclude = SELECTOR
help-code-class = Clase de los elementos <pre> que contienen código de programa; puede repetirse.
value-code-class = CLASE
help-segmentation = Qué se envía como un texto: una oración (lo predeterminado) o un bloque entero.
value-segmentation = MODO
help-links = Qué enlaces del contenido siguen al idioma: los que llevan a entradas que también se traducen (lo predeterminado), todos o ninguno.
value-links = CUÁLES
help-hreflang = Añadir a la cabecera de las páginas los enlaces que falten a las versiones en los demás idiomas (hreflang).
help-site = Dirección de la portada del sitio, sin idioma: https://example.com/blog.
value-site = URL
help-output = Ruta de un archivo de salida en el proyecto, con {"{lang}"}, {"{path}"}, {"{dir}"}, {"{stem}"}, {"{ext}"} y {"{slug}"}. De forma predeterminada, {"{lang}/{path}"}.
value-output = PATRÓN
help-out = Escribir en este archivo o dentro de esta carpeta.
value-out = RUTA
help-stdout = Escribir en la salida estándar: una entrada, un idioma.
help-show = Mostrar cada texto antes y después.
help-dry-run = Contar lo que se enviaría. No se envía ni se escribe nada.
help-force = Sobrescribir también archivos de salida que no escribió polypost o que se editaron después.
help-usage = Preguntar a DeepL cuántos caracteres de la cuenta se han usado y cuántos se permiten.
help-format = Formato de la salida.
value-format = FORMATO
help-pairs = Modelos, según sus idiomas: en-de, en-zh-Hant.
value-pairs = PAR
help-from-mirror = Tomar los modelos de esta réplica: una dirección o una carpeta con un índice.
value-from-mirror = DIRECCIÓN
help-mozilla = Tomar los modelos de los registros de Mozilla, destinados a Firefox: para probar.
help-folder = Carpeta de los modelos.
value-folder = CARPETA
help-tmx-files = Archivos TMX que leer, o «-» para la entrada estándar.
value-tmx-files = ARCHIVO
help-source-language = Idioma de los textos de origen.
value-source-language = IDIOMA
help-target-languages = Idiomas de las traducciones, separados por comas.
value-target-languages = IDIOMAS
help-state = Si alguien ha revisado las traducciones, cuando el archivo no lo dice.
value-state = ESTADO
help-named-origin = De dónde vienen las traducciones, cuando el archivo no lo dice. Por omisión, su nombre.
value-named-origin = NOMBRE
help-tmx-out = Archivo donde escribir, en lugar de la salida estándar.
value-tmx-out = ARCHIVO
help-keep = Eliminar todas menos tantas de las últimas guardadas.
value-keep = NÚMERO
help-machine = Eliminar las que nadie ha revisado.
help-of-origin = Eliminar las de esta procedencia.
value-of-origin = NOMBRE
help-glossaries = Glosarios que se comprueban: archivos o patrones. Sin ninguno: los de polypost.toml.
value-glossaries = ARCHIVO
help-shell = Intérprete de comandos al que se destina el script.
value-shell = SHELL
help-directory = Carpeta en la que se escriben las páginas.
value-directory = CARPETA
help-config = Archivo de configuración, en lugar del polypost.toml más cercano.
value-config = ARCHIVO
help-lang = Idioma de los mensajes: en, de, es o fr.
value-lang = IDIOMA
help-quiet = Solo avisos y errores.
help-verbose = Informar sobre cada segmento; con -vvv, también su texto.
help-no-progress = Sin barra de progreso.
help-color = Cuándo se usan colores.
value-color = CUÁNDO
help-help = Mostrar la ayuda.
help-version = Mostrar la versión.

## Errores en la línea de comandos

error-argument-unknown = No existe la opción «{ $argument }».
error-argument-unexpected = «{ $argument }» no se espera aquí.
error-argument-missing = Falta { $argument }.
error-argument-conflict = «{ $argument }» no puede usarse junto con «{ $other }».
error-argument-twice = «{ $argument }» solo puede usarse una vez.
error-arguments = No se entiende la línea de comandos: { $detail }.
error-command-unknown = No existe el comando «{ $command }».
error-command-missing = Falta un comando.
error-value-missing = «{ $argument }» necesita un valor.
error-value =
    { $valid ->
        [none] «{ $value }» no es un valor válido para { $argument }.
       *[other] «{ $value }» no es un valor válido para { $argument }. Valores válidos: { $valid }.
    }
hint-help = «--help» muestra los comandos y las opciones.
hint-did-you-mean = ¿Quería decir «{ $name }»?
error-locale = «{ $tag }» no es una etiqueta de idioma.
hint-locale = Las etiquetas de idioma son las de BCP 47: de, pt-BR, zh-Hant.
error-no-target = No se ha indicado a qué idioma traducir.
hint-no-target = Indicarlo con «--to es» o con «targets» en polypost.toml.
error-no-files = No hay nada que traducir.
hint-no-files = Indicar archivos o carpetas, o definir con «posts» en polypost.toml qué entradas tiene el proyecto.
error-no-glossary = No hay ningún glosario que comprobar.
hint-no-glossary = Indicar archivos, o definir con «glossary» en polypost.toml qué glosarios tiene el proyecto.
error-glob = «{ $pattern }» no es un patrón válido: { $detail }
error-no-match = Ningún archivo coincide con «{ $pattern }».
error-language-unknown = No está claro en qué idioma está el texto.
hint-language-unknown = Indicarlo con «--from en» o con «source» en polypost.toml.
language-identified = El idioma del texto parece ser «{ $language }»; si no lo es, indicarlo con «--from».
error-stdout-one = En la salida estándar solo caben un archivo y un idioma.
hint-stdout-one = Quitar «--stdout» para escribir archivos, o ejecutar polypost por separado para cada uno.
error-stdin-output = Un texto de la entrada estándar no tiene nombre de archivo del que derivar una salida.
hint-stdin-output = Indicar adónde va con «--stdout» o «--out RUTA».
error-selector = «{ $selector }» no se puede usar como selector CSS.
hint-selector = Un selector tiene la forma de «aside», «.byline», «#footer» o «p[data-note]». No se admite lo que depende del momento o no es un elemento, como «:hover» o «::before».
error-field-path = «{ $path }» no es la ruta de un campo: los nombres se separan con puntos y «*» representa cualquiera.
error-site-url = «{ $url }» no es la dirección de un sitio.
error-site-prefix = «{ $prefix }» no puede ser el prefijo de ruta de { $locale }.

## Errores en la configuración

error-configuration = La configuración { $path } contiene un error.
cause-configuration = en { $path }
error-toml = Línea { $line }: { $detail }
error-key-unknown = No existe la clave «{ $key }».
hint-keys = Claves conocidas: { $keys }.

## Errores con los archivos de salida

error-pattern = «{ $pattern }» no sirve como patrón de las rutas de salida.
error-pattern-empty = Está vacío.
error-pattern-placeholder =
    { $suggestion ->
        [none] No existe el marcador «{ $name }».
       *[other] No existe el marcador «{ $name }». ¿Quería decir «{ $suggestion }»?
    }
error-pattern-unclosed =
    { $suggestion ->
        [none] Hay una llave sin cerrar.
       *[other] Hay una llave sin cerrar. ¿Quería decir «{ $suggestion }»?
    }
error-pattern-unopened = A la llave de cierre de la posición { $at } le falta la de apertura.
error-output = No se puede formar una ruta de salida para { $path }.
error-output-slug = El patrón pide un slug y la entrada no tiene ninguno.
error-output-value = «{ $value }» no puede formar parte de un nombre de archivo.
error-output-no-file = «{ $path }» no designa un archivo.
error-output-leaves = «{ $path }» está fuera del proyecto.
error-output-character = «{ $path }» contiene un carácter que las rutas no admiten.
error-output-is-source = { $path } es un archivo de origen y se sobrescribiría.
hint-output-is-source = Incluir el idioma en la ruta de salida, como en {"«--output {lang}/{path}»"}.
hint-out-is-source = Indicar otro archivo u otra carpeta con «--out».
error-output-twice = { $path } se escribiría dos veces: para { $first } y para { $second }.
hint-output-twice = Usar un patrón que distinga las salidas, como en {"«--output {lang}/{path}»"}.
hint-catalog-twice = Usar para «catalogs» un patrón que los distinga, como en {"«i18n/{lang}/{path}.xlf»"}.
error-catalog = No se puede leer el catálogo { $path }.
hint-catalog = Puede contener trabajo de personas, así que no se sobrescribe: hay que repararlo o recuperar la última versión correcta.
error-catalog-changed = El catálogo { $path } se ha modificado durante la ejecución; no se ha escrito nada.
hint-catalog-changed = Ejecutarlo otra vez: las respuestas de los servicios están guardadas.
in-line = línea { $line }: { $message }
xml-malformed = línea { $line }: no es XML bien formado: { $detail }
xml-doctype = línea { $line }: no se admiten declaraciones de tipo de documento.
xml-entity = línea { $line }: la entidad «{ $name }» es desconocida.
xml-too-large = línea { $line }: el archivo es demasiado grande o tiene demasiados niveles.
xml-encoding = El archivo no está en UTF-8 ni en UTF-16.
catalog-format = línea { $line }: la raíz es «{ $found }», pero debería ser { $wanted }.
catalog-no-language = línea { $line }: falta «{ $name }», así que no se conoce el idioma.
catalog-refused = { $path }, línea { $line }, segmento { $segment }: las etiquetas de esta traducción no son las del original, así que no se ha usado; se conserva como propuesta.{ $reason ->
        [none] {""}
       *[other] {" "}{ $reason }
    }
catalog-target = Es un catálogo para «{ $found }», no para «{ $wanted }».
error-catalogs-lang = «catalogs» es { $pattern }, lo que da un solo archivo para todos los idiomas.
error-output-not-ours = { $path } ya existe y no lo escribió polypost.
error-output-edited = { $path } se ha editado desde que polypost lo escribió.
hint-force = Mover el archivo o sobrescribirlo con «--force».
error-frozen = { $post }: { $count ->
        [one] hay un segmento sin traducir
       *[other] hay { $count } segmentos sin traducir
    } (nuevos o cambiados en el original), y «--frozen» no permite peticiones.
hint-frozen = Ejecutar «polypost translate» sin «--frozen» y guardar en el repositorio lo que escriba.
error-outside-project = { $path } no está en el proyecto { $root }.
hint-outside-project = Indicar con «--out» adónde va el resultado, o trabajar en el proyecto del archivo.

## Errores con archivos

error-file = No se puede usar { $path }.
error-not-found = No existe tal archivo.
error-empty = El archivo está vacío.
error-kind = Los archivos que terminan en «.{ $extension }» no se leen.
hint-kind = polypost lee .json, .jsonl, .ndjson, .html, .htm y .xhtml. Una entrada con otro nombre puede pasarse por la entrada estándar: «-».
error-io = { $detail }
error-not-utf8 = El byte { $offset } (contando desde 0) no es UTF-8.
hint-encoding = Convertir antes el archivo a UTF-8, por ejemplo con «iconv -f WINDOWS-1252 -t UTF-8».
error-json = Línea { $line }, columna { $column }: { $detail }
error-html-too-deep = Hay más de { $limit } niveles de elementos anidados.
error-html-too-tangled = Los elementos de formato se solapan tantas veces que la lectura tardaría demasiado.
error-html-too-large = El texto es demasiado grande ({ $bytes } bytes).
error-memory = No se puede usar la memoria { $path }.
hint-memory = Contiene lo que ya se tradujo. Dé permiso de escritura a su carpeta, o aparte el archivo para empezar de nuevo.
memory-damaged = La memoria estaba dañada y ahora es { $path }; se ha empezado una nueva.
memory-rebuilt = Faltaba la memoria; { $count ->
        [one] se ha tomado una traducción
       *[other] se han tomado { $count } traducciones
    } de los catálogos.
error-tmx = Línea { $line }: { $reason }
error-tmx-encoding = TMX se escribe en UTF-8 o UTF-16, no en «{ $name }».
error-tmx-root = El archivo no es TMX: empieza por «{ $name }».
error-tmx-declarations = El tipo de documento contiene declaraciones propias, que polypost no lee.
error-tmx-entity = La entidad «{ $name }» no se conoce.
error-tmx-deep = Hay elementos anidados a más de { $limit } niveles.
error-tmx-large = Una unidad ocupa más de { $limit } bytes.
error-tmx-unfinished = El archivo termina antes de tiempo.
hint-tmx = Lo anterior a esta línea ya está en la memoria; el mismo comando incorpora el resto del archivo corregido.
error-memory-direction = Aquí «--from» y «--to» van juntos, con un idioma cada uno.
hint-memory-faults = Aparte el archivo, o elimine lo dañado e incorpórelo de nuevo; «polypost memory export» escribe lo que se puede leer.
error-internal = Esto es un fallo de polypost: { $detail }

## Motores

backend-local = los modelos de Firefox, ejecutados por el propio polypost: privado, sin conexión
backend-apertium = Apertium, instalado aquí: basado en reglas, sin conexión
backend-apy = un servidor de Apertium (APy)
backend-deepl = DeepL, gratuito o Pro
backend-google = Google Cloud Translation, v2 o, con un proyecto, v3
backend-azure = Azure Translator
backend-libretranslate = un servidor de LibreTranslate; por defecto, el de este equipo
backend-openai = los modelos de lenguaje de OpenAI
backend-openai-url = cualquier servidor con la interfaz de OpenAI: Ollama, vLLM, llama.cpp
backend-anthropic = los modelos de lenguaje de Anthropic
backend-exec = cualquier programa que lea y escriba JSON Lines
backend-pseudo = acentos y corchetes, para ver qué se traduce y qué cabe
backend-identity = el propio original, para ver que no cambia nada más
pairs-all = para cualquier idioma
pairs-unknown = los idiomas dependen de lo que se indique
pairs-asked = sus idiomas se consultan cuando se usa
pairs-none = no hay ningún par de idiomas instalado; en Debian: apt-get install apertium-eng-spa
pairs-none-local = no hay ningún modelo instalado; «polypost models get en-de» descarga uno
pairs-listed = pares instalados: { $pairs }
pairs-error = no se puede usar: { $reason }
backend-usage = { $used } de { $allowed } caracteres usados en este periodo
error-backend-unknown = No existe el motor «{ $name }».
error-backend-argument-missing = El motor «{ $name }» necesita un argumento, como en «exec:COMMAND».
error-backend-argument = El motor «{ $name }» no puede usarse con «{ $argument }».
error-backend-not-installed = «{ $program }» no está instalado.
error-backend-pair = { $backend } no traduce de { $from } a { $to }. Dispone de: { $supported }.
error-backend-no-pairs = { $backend } no traduce de { $from } a { $to }. No hay ningún par de idiomas instalado.
error-backend-refused =
    { $backend } rechaza la clave, o la cuota está agotada{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-service =
    { $status ->
        [none] No se puede contactar con { $backend }
       *[other] { $backend } responde con el estado { $status }
    }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-program =
    { $code ->
        [none] «{ $program }» ha fallado
       *[other] «{ $program }» terminó con el código { $code }
    }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-no-key = { $backend } necesita una clave: no está definida ninguna de estas variables: { $variables }.
error-backend-key-command =
    La orden que da la clave de { $backend } ha fallado{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-address = «{ $url }» no puede ser la dirección de { $backend }.
error-backend-file =
    { $backend } no puede leer «{ $path }»{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-option-missing = { $backend } necesita «{ $key }».
error-backend-rejected =
    { $backend } no acepta la petición{ $detail ->
        [none] .
       *[other] : { $detail }
    }
error-backend-glossary =
    { $backend } no acepta el glosario de { $from } a { $to }{ $detail ->
        [none] .
       *[other] : { $detail }
    }
hint-key = Defina la variable de entorno o «key-command» en [backends.{ $backend }] de polypost.toml.
hint-option = Indicar «{ $key }» en [backends.{ $backend }] de polypost.toml.
hint-address = Las direcciones empiezan por https://; http:// solo vale para este equipo. No deben contener claves.
hint-backend-glossary = «polypost glossary check» muestra los defectos de un glosario; «glossary» en [backends.deepl] de polypost.toml nombra uno que DeepL ya tiene.
error-backend-not-built = { $backend } no forma parte de esta compilación de polypost.
error-backend-processor = Esta compilación de { $backend } necesita un procesador con { $needs }; con la opción «portable» de Cargo no hace falta.
error-no-backend = No se ha indicado ningún motor, y el habitual no puede usarse aquí.
hint-backends = «polypost backends» muestra los que hay.
hint-backend-choices =
    Descargar un modelo para el motor integrado (polypost models get en-de),
    instalar un par de idiomas de Apertium
      (en Debian: apt-get install apertium-eng-spa),
    indicar un servidor de Apertium (--backend apertium:http://localhost:2737)
    o un programa propio (--backend exec:COMMAND).
    «polypost backends» muestra cuáles pueden usarse.

## Modelos

error-model-missing =
    { $get ->
        [none] Ningún modelo instalado traduce de { $from } a { $to }.
       *[other] Ningún modelo instalado traduce de { $from } a { $to }; «polypost models get { $get }» descarga lo que falta.
    }{ $installed ->
        [none] {""}
       *[other] {" "}Modelos instalados: { $installed }.
    }
error-model-broken = El modelo { $pair } no se puede usar. { $path }: { $detail }
error-model-io = { $path }: { $detail }
error-model-folder = No hay ninguna carpeta para los modelos.
error-model-not-installed = El modelo { $pair } no está instalado.
error-model-name = «{ $name }» no es el nombre de un modelo.
error-model-source-missing = No se ha indicado de dónde vienen los modelos.
error-model-address = No pueden venir modelos de «{ $address }».
error-model-source =
    { $status ->
        [none] No se puede contactar con { $address }: { $detail }
       *[other] { $address } responde con el estado { $status }: { $detail }
    }
error-model-index = El índice { $address } no se puede usar: { $detail }
error-model-not-offered =
    { $offered ->
        [none] El modelo { $pair } no se ofrece; no hay ninguno.
       *[other] El modelo { $pair } no se ofrece. Los hay para: { $offered }.
    }
error-model-mismatch = { $address } no es lo que debería ser: { $detail }
hint-model-broken = «polypost models get { $pair }» lo descarga de nuevo.
hint-model-list = «polypost models list» muestra los que hay.
hint-model-name = Los modelos se llaman según sus dos idiomas: en-de, de-en, en-zh-Hant.
hint-model-source = Indicar una réplica con «--from-mirror», o con «url» en la sección [models] de polypost.toml; o bien usar «--mozilla».
hint-model-address = Se admiten https, una carpeta, o http dentro de este equipo o de una red privada.
hint-model-folder = Indicar una con POLYPOST_MODELS.
hint-model-again = Lo recibido se conserva; el mismo comando continúa desde ahí.
models-none = No hay ningún modelo instalado en { $path }.
models-mozilla = Los servidores de Mozilla están destinados a Firefox: sirven para probar polypost; para el uso habitual, mejor una réplica propia.
model-installed =
    { $version ->
        [none] instalado, { $size }
       *[other] instalado, versión { $version }, { $size }
    }
model-offered =
    { $version ->
        [none] disponible
       *[other] disponible, versión { $version }
    }{ $size ->
        [none] {""}
       *[other] , { $size }
    }
model-unusable = no se puede usar: { $reason }
model-got = { $pair } está instalado en { $path }.
model-already = { $pair } ya está en { $path }, sin cambios.
model-verified = tal como se descargó, y utilizable
model-unverified = utilizable; no hay manifiesto con el que compararlo
model-removed = { $pair } se ha eliminado.

## Glosarios

error-line = Línea { $line }: { $problem }
error-glossary-too-large = El archivo ocupa más de { $mebibytes } MiB.
error-glossary-no-terms = Ninguna columna contiene términos.
error-glossary-column = No existe la columna «{ $name }».
error-glossary-column-twice = La columna «{ $name }» aparece dos veces.
error-glossary-language = No se sabe en qué idioma está «{ $name }».
error-glossary-cells = La fila tiene { $cells } celdas; el encabezado, solo { $columns }.
error-glossary-entity = Habría que resolver «{ $name }», y polypost no lo hace.
error-glossary-root =
    { $root ->
        [none] El archivo no es TBX.
       *[other] El archivo no es TBX: empieza por «{ $root }».
    }
hint-glossary-kind = Los glosarios son .csv, .tsv, .tbx o .xml (TBX).
hint-glossary-columns = La primera fila da nombre a las columnas: etiquetas de idioma («en», «de»), «de:admitted», «de:forbidden», «part-of-speech», «case», «do-not-translate» y «note». Lo que empieza por «#» se pasa por alto.
hint-glossary-language = Nombrar los idiomas en el encabezado («en», «de»), o indicarlos con «--from» y un solo «--to», o con «source» y «targets» en polypost.toml.
hint-glossary-cells = Una celda que contiene una coma va entre comillas.
hint-glossary-entity = Escribir los caracteres tal cual, o por su número.
# Tras el lugar de un concepto, como en «terms.csv:7: »
flaw-no-term = el concepto no tiene ningún término
flaw-alone = «{ $term }» solo tiene términos en { $locale }
flaw-no-word = «{ $term }» no tiene letras ni cifras, así que nunca se encuentra
flaw-duplicate = «{ $term }» ya está en { $other }
flaw-conflict = «{ $term }» es aquí «{ $own }» en { $locale }, y «{ $others }» en { $other }
flaw-contradiction = «{ $term }» ({ $locale }) está prohibido y permitido a la vez
flaw-translated = «{ $term }» no debe traducirse, y tiene la traducción «{ $other }»
departure-missing = el glosario pide «{ $wanted }» para «{ $term }»
departure-forbidden =
    { $instead ->
        [none] el glosario prohíbe «{ $found }» para «{ $term }»
       *[other] el glosario prohíbe «{ $found }» para «{ $term }» y pide «{ $instead }»
    }
departure-changed = según el glosario, «{ $term }» se deja como está
summary-glossary =
    { $concepts ->
        [one] Un concepto
       *[other] { $concepts } conceptos
    } en { $files ->
        [one] un archivo
       *[other] { $files } archivos
    }, { $flaws ->
        [0] sin defectos.
        [one] un defecto.
       *[other] { $flaws } defectos.
    }

## Lo que ocurre

state-machine = automática
state-reviewed = revisada
memory-imported =
    { $pairs ->
        [one] Una traducción leída
       *[other] { $pairs } traducciones leídas
    }{ $stored ->
        [0] , ninguna nueva.
        [one] , una de ellas nueva.
       *[other] , { $stored } de ellas nuevas.
    }
memory-skipped =
    { $count ->
        [one] Una unidad no aportó nada: le falta un idioma solicitado o un texto.
       *[other] { $count } unidades no aportaron nada: les falta un idioma solicitado o un texto.
    }
memory-without-codes =
    { $count ->
        [one] En una traducción, las etiquetas no son las del original; se ha guardado sin ellas.
       *[other] En { $count } traducciones, las etiquetas no son las del original; se han guardado sin ellas.
    }
memory-exported =
    { $count ->
        [one] Una traducción escrita en { $path }.
       *[other] { $count } traducciones escritas en { $path }.
    }
memory-stats =
    { $pairs ->
        [one] una traducción
       *[other] { $pairs } traducciones
    }, { $contexts ->
        [one] un contexto
       *[other] { $contexts } contextos
    }, { $answers ->
        [one] una respuesta guardada
       *[other] { $answers } respuestas guardadas
    }, { $size }
memory-pruned =
    { $count ->
        [0] No hay nada que eliminar.
        [one] Una traducción eliminada.
       *[other] { $count } traducciones eliminadas.
    }
memory-verified =
    { $pairs ->
        [one] Una traducción comprobada
       *[other] { $pairs } traducciones comprobadas
    }{ $faults ->
        [0] , todo está bien.
        [one] , un fallo.
       *[other] , { $faults } fallos.
    }
fault-file = el archivo está dañado: { $detail }
fault-unreadable = el texto y sus etiquetas no casan
fault-codes = las etiquetas de la traducción no son las de su original
fault-unindexed = la traducción no se encuentra por su texto
progress-posts = entradas
progress-segments = segmentos
progress-left = faltan
interrupted = Interrumpido. No se ha cambiado ningún archivo de salida.
in-file = { $file }: { $message }
field-refused = { $place }: se deja como estaba. { $reason }
nothing-found = { $file }: no se ha encontrado nada que traducir.
hint-nothing-found = ¿Está el texto en el idioma de «--from»? Los campos que se leen se indican con «--field» o con «fields» en polypost.toml.
segment-failed = { $place }, segmento { $segment }{ $text ->
        [none] {""}
       *[other] {" "}«{ $text }»
    } sin traducir. { $reason }
segment-kept = { $place }, segmento { $segment }{ $text ->
        [none] {""}
       *[other] {" "}«{ $text }»
    } conserva la traducción que tenía. { $reason }
segment-estimated = { $place }, segmento { $segment }{ $text ->
        [none] {""}
       *[other] {" "}«{ $text }»
    }: la posición de las etiquetas es estimada: conviene revisarla.
segment-pieces = { $place }, segmento { $segment }{ $text ->
        [none] {""}
       *[other] {" "}«{ $text }»
    } traducido por trozos entre sus etiquetas: conviene revisarlo.
segment-departs = { $place }, segmento { $segment }{ $text ->
        [none] {""}
       *[other] {" "}«{ $text }»
    }: { $departure }.
segment-way = { $place }, { $segment }: { $way }{ $text ->
        [none] {""}
       *[other] {" "}«{ $text }»
    }
way-direct = traducido
way-retried = traducido al segundo intento
way-projected = traducido, con las etiquetas colocadas por alineación
way-estimated = traducido, con la posición de las etiquetas estimada
way-pieces = traducido por trozos
way-source = sin traducir
failure-backend =
    { $detail ->
        [none] El motor no indica el motivo.
       *[other] El motor dice: { $detail }
    }
failure-no-reply = El motor no ha respondido.
failure-stopped = El motor ya se había detenido.
failure-budget = Sería más de lo que permite «--max-chars».
failure-empty = La respuesta está vacía.
failure-no-alignment = La respuesta no indica dónde van las etiquetas.
failure-code-missing = Falta la etiqueta { $code }.
failure-code-unexpected = Sobra la etiqueta { $code }.
failure-code-nesting = La etiqueta { $code } está mal anidada.
failure-code-order = La etiqueta { $code } está fuera de orden.
failure-code-protected = Se ha modificado el texto protegido de la etiqueta { $code }.
note-link-relative = el enlace «{ $link }» es relativo y se queda como está
note-link-not-localized = el enlace «{ $link }» lleva a una página que no se traduce y se queda como está
note-excerpt-derived = { $field } se ha derivado del contenido traducido
note-excerpt-torn = { $field } parece generado, pero no a partir de este contenido; se ha traducido aparte y conviene revisarlo
summary =
    { $posts ->
        [one] Una entrada
       *[other] { $posts } entradas
    }{ $languages ->
        [one] {""}
       *[other] {" "}en { $languages } idiomas
    }{ $segments ->
        [none] {" "}con { $backend }
        [0] , nada que traducir
        [one] , un segmento con { $backend }
       *[other] , { $segments } segmentos con { $backend }
    }{ $files ->
        [none] .
        [0] ; ningún archivo modificado.
        [one] ; un archivo escrito.
       *[other] ; { $files } archivos escritos.
    }
origin-memory = { $count } de la memoria ({ $backend })
origin-backend = { $count } con { $backend }
origin-catalog = { $count } del catálogo
origin-earlier = { $count } traducidos antes por personas
summary-origins = Segmentos: { $parts }.
# $cost es "none" si nadie sabe el precio; si no, una cantidad en la moneda de la factura
summary-sent =
    { $backend }: { $characters ->
        [one] un carácter
       *[other] { $characters } caracteres
    } en { $requests ->
        [one] una petición
       *[other] { $requests } peticiones
    }{ $retries ->
        [0] {""}
        [one] , una de ellas repetida
       *[other] , { $retries } de ellas repetidas
    }{ $cost ->
        [none] .
       *[other] ; unos { $cost } al precio supuesto.
    }
decimal-mark = ,
summary-retried =
    { $count ->
        [one] Un segmento se tradujo al segundo intento.
       *[other] { $count } segmentos se tradujeron al segundo intento.
    }
summary-projected =
    { $count ->
        [one] En un segmento, las etiquetas se colocaron por alineación.
       *[other] En { $count } segmentos, las etiquetas se colocaron por alineación.
    }
summary-estimated =
    { $count ->
        [one] En un segmento, la posición de las etiquetas es estimada y conviene revisarla.
       *[other] En { $count } segmentos, la posición de las etiquetas es estimada y conviene revisarla.
    }
summary-pieces =
    { $count ->
        [one] Un segmento se tradujo por trozos y conviene revisarlo.
       *[other] { $count } segmentos se tradujeron por trozos y conviene revisarlos.
    }
summary-departing =
    { $count ->
        [one] Un segmento se aparta del glosario.
       *[other] { $count } segmentos se apartan del glosario.
    }
summary-links =
    { $count ->
        [one] Un enlace se queda como estaba; «-v» lo muestra.
       *[other] { $count } enlaces se quedan como estaban; «-v» los muestra.
    }
summary-more-named =
    { $count ->
        [one] Conviene mirar un segmento más; «-v» lo nombra.
       *[other] Conviene mirar { $count } segmentos más; «-v» los nombra.
    }
summary-failed =
    { $count ->
        [one] Un texto quedó sin traducir.
       *[other] { $count } textos quedaron sin traducir.
    }
dry-run =
    { $target }: { $posts ->
        [one] una entrada
       *[other] { $posts } entradas
    }, { $segments ->
        [one] un segmento
       *[other] { $segments } segmentos
    }, { $characters ->
        [one] un carácter
       *[other] { $characters } caracteres
    }{ $cost ->
        [none] {""}
       *[other] ; unos { $cost } con { $backend } al precio supuesto
    }
