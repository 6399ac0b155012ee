//! Names of time zones: those of Windows have their twins among the IANA's.

/// The longest name of a zone.
const MAX_NAME: usize = 80;

/// How the IANA's names begin.
const REGIONS: [&str; 11] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Etc/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

/// Names of Windows without ` Standard Time`, from the CLDR's table of the world's first city of each.
const WINDOWS: [(&str, &str); 104] = [
    ("Dateline", "Etc/GMT+12"),
    ("UTC-11", "Etc/GMT+11"),
    ("Aleutian", "America/Adak"),
    ("Hawaiian", "Pacific/Honolulu"),
    ("Marquesas", "Pacific/Marquesas"),
    ("Alaskan", "America/Anchorage"),
    ("Pacific", "America/Los_Angeles"),
    ("Pacific Standard Time (Mexico)", "America/Tijuana"),
    ("US Mountain", "America/Phoenix"),
    ("Mountain", "America/Denver"),
    ("Yukon", "America/Whitehorse"),
    ("Central America", "America/Guatemala"),
    ("Central", "America/Chicago"),
    ("Easter Island", "Pacific/Easter"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("Canada Central", "America/Regina"),
    ("SA Pacific", "America/Bogota"),
    ("Eastern", "America/New_York"),
    ("Eastern Standard Time (Mexico)", "America/Cancun"),
    ("Haiti", "America/Port-au-Prince"),
    ("Cuba", "America/Havana"),
    ("US Eastern", "America/Indianapolis"),
    ("Paraguay", "America/Asuncion"),
    ("Atlantic", "America/Halifax"),
    ("Venezuela", "America/Caracas"),
    ("Central Brazilian", "America/Cuiaba"),
    ("SA Western", "America/La_Paz"),
    ("Pacific SA", "America/Santiago"),
    ("Newfoundland", "America/St_Johns"),
    ("E. South America", "America/Sao_Paulo"),
    ("SA Eastern", "America/Cayenne"),
    ("Argentina", "America/Buenos_Aires"),
    ("Montevideo", "America/Montevideo"),
    ("Greenland", "America/Godthab"),
    ("Bahia", "America/Bahia"),
    ("Azores", "Atlantic/Azores"),
    ("Cape Verde", "Atlantic/Cape_Verde"),
    ("GMT", "Europe/London"),
    ("Greenwich", "Atlantic/Reykjavik"),
    ("Morocco", "Africa/Casablanca"),
    ("W. Europe", "Europe/Berlin"),
    ("Central Europe", "Europe/Budapest"),
    ("Romance", "Europe/Paris"),
    ("Central European", "Europe/Warsaw"),
    ("W. Central Africa", "Africa/Lagos"),
    ("Jordan", "Asia/Amman"),
    ("GTB", "Europe/Bucharest"),
    ("Middle East", "Asia/Beirut"),
    ("Egypt", "Africa/Cairo"),
    ("E. Europe", "Europe/Chisinau"),
    ("Syria", "Asia/Damascus"),
    ("South Africa", "Africa/Johannesburg"),
    ("FLE", "Europe/Kiev"),
    ("Israel", "Asia/Jerusalem"),
    ("Kaliningrad", "Europe/Kaliningrad"),
    ("Libya", "Africa/Tripoli"),
    ("Namibia", "Africa/Windhoek"),
    ("Arabic", "Asia/Baghdad"),
    ("Turkey", "Europe/Istanbul"),
    ("Arab", "Asia/Riyadh"),
    ("Belarus", "Europe/Minsk"),
    ("Russian", "Europe/Moscow"),
    ("E. Africa", "Africa/Nairobi"),
    ("Iran", "Asia/Tehran"),
    ("Arabian", "Asia/Dubai"),
    ("Azerbaijan", "Asia/Baku"),
    ("Russia Time Zone 3", "Europe/Samara"),
    ("Mauritius", "Indian/Mauritius"),
    ("Georgian", "Asia/Tbilisi"),
    ("Caucasus", "Asia/Yerevan"),
    ("Afghanistan", "Asia/Kabul"),
    ("West Asia", "Asia/Tashkent"),
    ("Ekaterinburg", "Asia/Yekaterinburg"),
    ("Pakistan", "Asia/Karachi"),
    ("India", "Asia/Calcutta"),
    ("Sri Lanka", "Asia/Colombo"),
    ("Nepal", "Asia/Katmandu"),
    ("Central Asia", "Asia/Almaty"),
    ("Bangladesh", "Asia/Dhaka"),
    ("Omsk", "Asia/Omsk"),
    ("Myanmar", "Asia/Rangoon"),
    ("SE Asia", "Asia/Bangkok"),
    ("N. Central Asia", "Asia/Novosibirsk"),
    ("North Asia", "Asia/Krasnoyarsk"),
    ("China", "Asia/Shanghai"),
    ("North Asia East", "Asia/Irkutsk"),
    ("Singapore", "Asia/Singapore"),
    ("W. Australia", "Australia/Perth"),
    ("Taipei", "Asia/Taipei"),
    ("Ulaanbaatar", "Asia/Ulaanbaatar"),
    ("Tokyo", "Asia/Tokyo"),
    ("Korea", "Asia/Seoul"),
    ("Yakutsk", "Asia/Yakutsk"),
    ("Cen. Australia", "Australia/Adelaide"),
    ("AUS Central", "Australia/Darwin"),
    ("E. Australia", "Australia/Brisbane"),
    ("AUS Eastern", "Australia/Sydney"),
    ("West Pacific", "Pacific/Port_Moresby"),
    ("Tasmania", "Australia/Hobart"),
    ("Vladivostok", "Asia/Vladivostok"),
    ("Central Pacific", "Pacific/Guadalcanal"),
    ("New Zealand", "Pacific/Auckland"),
    ("Fiji", "Pacific/Fiji"),
    ("Samoa", "Pacific/Apia"),
];

/// The IANA's name of a zone, `UTC` for all that are the same; `None` for a text that cannot be a name.
pub(crate) fn zone_name(text: &str) -> Option<String> {
    let text = text.trim().trim_matches('"').trim_start_matches('/');
    if text.len() > MAX_NAME {
        return None;
    }
    let utc = ["UTC", "Etc/UTC", "Etc/GMT", "Z", "GMT", "Zulu", "Etc/Zulu", "Coordinated Universal Time"];
    if utc.contains(&text) {
        return Some("UTC".to_owned());
    }
    let short = text.strip_suffix(" Standard Time").unwrap_or(text);
    if let Some((_, iana)) = WINDOWS.iter().find(|(name, _)| *name == short) {
        return Some((*iana).to_owned());
    }
    // Programs put a path of their own in front.
    let name = REGIONS.iter().find_map(|region| text.find(region)).map_or("", |at| &text[at..]);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    (!name.is_empty() && name.chars().all(is_part)).then(|| name.to_owned())
}
