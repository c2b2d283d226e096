//! Paths on a site that lead to no article: WordPress itself, files, feeds (rules 6 to 8).
//!
//! Each function takes a path as written, from where home or the prefix ends: empty, or beginning
//! with `/`.

use super::address::decode;

/// Extensions of files that are stored and not rendered from a post.
const FILE_EXTENSIONS: &str = "
    pdf ps eps tex txt rtf csv json xml xsl yaml yml sql ics vcf gpx kml kmz srt vtt
    doc docm docx dwg key numbers odg odp ods odt pages ppt pptx xls xlsx
    avif bmp gif heic ico jfif jpeg jpg png psd ai svg svgz tif tiff webp
    3gp aac aiff avi flac flv m4a m4v mid mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus swf wav webm wma wmv
    7z bz2 gz rar tar tgz xz zip zst apk appimage bin deb dmg exe iso jar msi rpm
    azw3 epub mobi css js map mjs webmanifest eot otf ttf woff woff2
";

/// Rule 6: whether the first segment is a part of WordPress, or a file for crawlers.
pub(super) fn is_reserved(rest: &str) -> bool {
    const NAMES: [&str; 7] = [
        "wp-admin",
        "wp-content",
        "wp-includes",
        "wp-json",
        "xmlrpc.php",
        ".well-known",
        "robots.txt",
    ];
    let first = rest
        .trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default();
    let first = decode(first).to_ascii_lowercase();
    let extension = extension(&first).unwrap_or_default();
    NAMES.contains(&first.as_str())
        || (first.starts_with("wp-") && extension == "php")
        || (first.contains("sitemap") && matches!(extension, "xml" | "xsl"))
}

/// Rule 7: whether the last segment is the name of a file.
pub(super) fn is_file(rest: &str) -> bool {
    let last = rest.rsplit('/').next().unwrap_or_default();
    let last = decode(last).to_ascii_lowercase();
    extension(&last).is_some_and(|extension| {
        FILE_EXTENSIONS
            .split_ascii_whitespace()
            .any(|known| known == extension)
    })
}

/// Rule 8: `feed` anywhere (`/feed/podcast/`), the other names where WordPress reserves them, at the
/// end of a path.
pub(super) fn is_feed(rest: &str) -> bool {
    let path = rest.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    path.split('/').any(|segment| segment == "feed")
        || matches!(last, "rdf" | "rss" | "rss2" | "atom")
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}
