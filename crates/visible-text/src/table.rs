//! The table: Unicode's `Default_Ignorable_Code_Point`, the format characters that are not seen, and noncharacters.

/// Why a character is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invisible {
    /// Zero-width characters, fillers, tags, format controls and noncharacters: without any effect that is seen.
    Ignorable,
    /// Turns the direction of the text around it.
    DirectionControl,
    /// Sets the direction next to it, as an invisible letter would.
    DirectionMark,
    /// Joins its neighbours or keeps them apart: inside emoji, and in scripts whose letters join.
    Joiner,
    /// Chooses a variant of the character before it.
    VariationSelector,
    /// Ends a line or a paragraph.
    Separator,
}

/// Why this character is not seen; `None` if it is. White space and control characters are not in the table.
pub fn invisible(c: char) -> Option<Invisible> {
    Some(match c {
        '\u{200E}' | '\u{200F}' | '\u{061C}' => Invisible::DirectionMark,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Invisible::DirectionControl,
        '\u{200C}' | '\u{200D}' => Invisible::Joiner,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180F}' => Invisible::VariationSelector,
        '\u{2028}' | '\u{2029}' => Invisible::Separator,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{200B}' => {
            Invisible::Ignorable
        }
        '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => {
            Invisible::Ignorable
        }
        '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => Invisible::Ignorable,
        '\u{E0000}'..='\u{E0FFF}' | '\u{FDD0}'..='\u{FDEF}' => Invisible::Ignorable,
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Invisible::Ignorable,
        _ => return None,
    })
}

/// Pictures and symbols that may be part of an emoji or have variants.
pub(crate) fn is_symbol(c: char) -> bool {
    matches!(c, '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}')
        || matches!(c, '\u{2100}'..='\u{23FF}' | '\u{2460}'..='\u{27BF}' | '\u{2900}'..='\u{297F}')
        || matches!(c, '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The characters that have ideographic variants.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// The letters that have Mongolian variants.
pub(crate) fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{18AA}')
}

/// Letters and marks of scripts that need joiners: the Arabic family, Indic and other Brahmic scripts, Mongolian.
pub(crate) fn is_joining_script(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{1900}'..='\u{1CFF}')
        || matches!(c, '\u{A800}'..='\u{A95F}' | '\u{A980}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(c, '\u{10A00}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}')
}

/// Marks that are drawn on the character before them, of the blocks that hold nothing else.
pub(crate) fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
        || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Characters without a meaning of their own.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}
