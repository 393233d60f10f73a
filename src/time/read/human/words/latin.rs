//! Words of dates in English, German, French and Spanish.

use super::Word::{
    self, Ad, After, AfterChrist, Am, And, Bc, Before, BeforeChrist, Between, Bp, By, C, Century, Christ, Circa, Decade, Early, Est,
    Filler, From, Half, Hour, Last, Late, Mid, Millennium, Month, Or, OrEarlier, OrLater, Ordinal, OrdinalSuffix, Perhaps, Pm, Present, Q,
    Quarter, Radiocarbon, S, Season, Since, T, Tens, To, ToOrAt, ToOrUntil, Until, Weekday, Years, Zone,
};

/// Each word in small letters, without its dot.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Word)] = &[
    // Months.
    ("january", Month(1)), ("jan", Month(1)), ("januar", Month(1)), ("jänner", Month(1)), ("jän", Month(1)), ("janvier", Month(1)),
    ("janv", Month(1)), ("enero", Month(1)), ("ene", Month(1)), ("february", Month(2)), ("feb", Month(2)), ("febr", Month(2)),
    ("februar", Month(2)), ("feber", Month(2)), ("février", Month(2)), ("fevrier", Month(2)), ("févr", Month(2)), ("fév", Month(2)),
    ("fevr", Month(2)), ("febrero", Month(2)), ("march", Month(3)), ("mar", Month(3)), ("märz", Month(3)), ("maerz", Month(3)),
    ("mär", Month(3)), ("mrz", Month(3)), ("mars", Month(3)), ("marzo", Month(3)), ("april", Month(4)), ("apr", Month(4)),
    ("avril", Month(4)), ("avr", Month(4)), ("abril", Month(4)), ("abr", Month(4)), ("may", Month(5)), ("mai", Month(5)),
    ("mayo", Month(5)), ("june", Month(6)), ("jun", Month(6)), ("juni", Month(6)), ("juin", Month(6)), ("junio", Month(6)),
    ("july", Month(7)), ("jul", Month(7)), ("juli", Month(7)), ("juillet", Month(7)), ("juil", Month(7)), ("julio", Month(7)),
    ("august", Month(8)), ("aug", Month(8)), ("août", Month(8)), ("aout", Month(8)), ("agosto", Month(8)), ("ago", Month(8)),
    ("september", Month(9)), ("sept", Month(9)), ("sep", Month(9)), ("septembre", Month(9)), ("septiembre", Month(9)),
    ("setiembre", Month(9)), ("set", Month(9)), ("october", Month(10)), ("oct", Month(10)), ("oktober", Month(10)), ("okt", Month(10)),
    ("octobre", Month(10)), ("octubre", Month(10)), ("november", Month(11)), ("nov", Month(11)), ("novembre", Month(11)),
    ("noviembre", Month(11)), ("december", Month(12)), ("dec", Month(12)), ("dezember", Month(12)), ("dez", Month(12)),
    ("décembre", Month(12)), ("decembre", Month(12)), ("déc", Month(12)), ("diciembre", Month(12)), ("dic", Month(12)),
    // Days of the week; "mar." and "di." are not among them, they are months and articles too.
    ("monday", Weekday(0)), ("mon", Weekday(0)), ("montag", Weekday(0)), ("lundi", Weekday(0)), ("lun", Weekday(0)),
    ("lunes", Weekday(0)), ("tuesday", Weekday(1)), ("tues", Weekday(1)), ("tue", Weekday(1)), ("dienstag", Weekday(1)),
    ("mardi", Weekday(1)), ("martes", Weekday(1)), ("wednesday", Weekday(2)), ("weds", Weekday(2)), ("wed", Weekday(2)),
    ("mittwoch", Weekday(2)), ("mercredi", Weekday(2)), ("mer", Weekday(2)), ("miércoles", Weekday(2)), ("miercoles", Weekday(2)),
    ("mié", Weekday(2)), ("thursday", Weekday(3)), ("thurs", Weekday(3)), ("thur", Weekday(3)), ("thu", Weekday(3)),
    ("donnerstag", Weekday(3)), ("jeudi", Weekday(3)), ("jeu", Weekday(3)), ("jueves", Weekday(3)), ("jue", Weekday(3)),
    ("friday", Weekday(4)), ("fri", Weekday(4)), ("freitag", Weekday(4)), ("vendredi", Weekday(4)), ("ven", Weekday(4)),
    ("viernes", Weekday(4)), ("vie", Weekday(4)), ("saturday", Weekday(5)), ("sat", Weekday(5)), ("samstag", Weekday(5)),
    ("sonnabend", Weekday(5)), ("samedi", Weekday(5)), ("sam", Weekday(5)), ("sábado", Weekday(5)), ("sabado", Weekday(5)),
    ("sáb", Weekday(5)), ("sunday", Weekday(6)), ("sun", Weekday(6)), ("sonntag", Weekday(6)), ("dimanche", Weekday(6)),
    ("dim", Weekday(6)), ("domingo", Weekday(6)), ("dom", Weekday(6)),
    // Parts of a year.
    ("spring", Season(21)), ("frühling", Season(21)), ("frühjahr", Season(21)), ("printemps", Season(21)), ("primavera", Season(21)),
    ("summer", Season(22)), ("sommer", Season(22)), ("été", Season(22)), ("ete", Season(22)), ("verano", Season(22)),
    ("autumn", Season(23)), ("fall", Season(23)), ("herbst", Season(23)), ("automne", Season(23)), ("otoño", Season(23)),
    ("winter", Season(24)), ("hiver", Season(24)), ("invierno", Season(24)), ("q", Q), ("quarter", Quarter), ("qtr", Quarter),
    ("quartal", Quarter), ("trimestre", Quarter), ("half", Half), ("hälfte", Half), ("halbjahr", Half), ("moitié", Half),
    ("semestre", Half), ("mitad", Half), ("early", Early), ("beginning", Early), ("start", Early), ("anfang", Early),
    ("anfangs", Early), ("frühes", Early), ("frühe", Early), ("début", Early), ("debut", Early), ("principios", Early),
    ("comienzos", Early), ("inicios", Early), ("mid", Mid), ("middle", Mid), ("mitte", Mid), ("mi", Mid), ("milieu", Mid),
    ("mediados", Mid), ("late", Late), ("end", Late), ("ende", Late), ("spätes", Late), ("späte", Late), ("fin", Late), ("fines", Late),
    ("finales", Late),
    // How sure.
    ("circa", Circa), ("ca", Circa), ("cca", Circa), ("about", Circa), ("around", Circa), ("approximately", Circa), ("approx", Circa),
    ("approximate", Circa), ("estimated", Circa), ("est", Est), ("roughly", Circa), ("um", Circa), ("etwa", Circa), ("ungefähr", Circa),
    ("gegen", Circa), ("vers", Circa), ("environ", Circa), ("env", Circa), ("hacia", Circa), ("alrededor", Circa),
    ("aproximadamente", Circa), ("aprox", Circa), ("c", C), ("possibly", Perhaps), ("probably", Perhaps), ("perhaps", Perhaps),
    ("maybe", Perhaps), ("uncertain", Perhaps), ("prob", Perhaps), ("vermutlich", Perhaps), ("wahrscheinlich", Perhaps),
    ("vielleicht", Perhaps), ("wohl", Perhaps), ("probablement", Perhaps), ("probable", Perhaps), ("probablemente", Perhaps),
    ("quizás", Perhaps), ("quizá", Perhaps),
    // Before and after.
    ("before", Before), ("bef", Before), ("vor", Before), ("avant", BeforeChrist), ("antes", BeforeChrist), ("pre", Before),
    ("prior", Before), ("after", After), ("aft", After), ("post", After), ("nach", AfterChrist), ("après", AfterChrist),
    ("apres", AfterChrist), ("después", AfterChrist), ("despues", AfterChrist), ("until", Until), ("till", Until), ("til", Until),
    ("jusqu", Until), ("bis", ToOrUntil), ("hasta", ToOrUntil), ("since", Since), ("seit", Since), ("depuis", Since),
    ("onwards", Since), ("onward", Since), ("ab", Since), ("desde", From), ("earlier", OrEarlier), ("früher", OrEarlier),
    ("later", OrLater), ("später", OrLater), ("by", By), ("between", Between), ("btw", Between), ("zwischen", Between),
    ("entre", Between), ("bet", Between), ("from", From), ("von", From), ("vom", From), ("to", To), ("through", To), ("thru", To),
    ("au", ToOrAt), ("à", ToOrAt), ("a", ToOrAt), ("al", ToOrAt), ("and", And), ("und", And), ("et", And), ("y", And), ("or", Or), ("oder", Or),
    ("ou", Or), ("o", Or),
    // Longer times.
    ("century", Century), ("centuries", Century), ("cent", Century), ("jahrhundert", Century), ("jahrhunderts", Century),
    ("jh", Century), ("jhdt", Century), ("jhd", Century), ("siècle", Century), ("siecle", Century), ("siglo", Century),
    ("millennium", Millennium), ("millenium", Millennium), ("jahrtausend", Millennium), ("millénaire", Millennium),
    ("milenio", Millennium), ("s", S), ("er", OrdinalSuffix), ("decade", Decade), ("années", Years), ("annees", Years), ("años", Years),
    ("jahre", Filler), ("jahren", Filler),
    // Eras.
    ("bc", Bc), ("bce", Bc), ("vchr", Bc), ("vuz", Bc), ("ac", Bc), ("aec", Bc), ("ane", Bc), ("ad", Ad), ("ce", Ad), ("nchr", Ad),
    ("dc", Ad), ("bp", Bp), ("c14", Radiocarbon), ("v", BeforeChrist), ("av", BeforeChrist), ("n", AfterChrist), ("ap", AfterChrist),
    ("chr", Christ), ("christus", Christ), ("jc", Christ), ("christ", Christ), ("cristo", Christ), ("jésus", Filler),
    // Numbers in words.
    ("first", Ordinal(1)), ("second", Ordinal(2)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)),
    ("sixth", Ordinal(6)), ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)), ("tenth", Ordinal(10)),
    ("eleventh", Ordinal(11)), ("twelfth", Ordinal(12)), ("thirteenth", Ordinal(13)), ("fourteenth", Ordinal(14)),
    ("fifteenth", Ordinal(15)), ("sixteenth", Ordinal(16)), ("seventeenth", Ordinal(17)), ("eighteenth", Ordinal(18)),
    ("nineteenth", Ordinal(19)), ("twentieth", Ordinal(20)), ("thirtieth", Ordinal(30)), ("twenty", Tens(20)), ("thirty", Tens(30)),
    ("premier", Ordinal(1)), ("première", Ordinal(1)), ("primero", Ordinal(1)), ("primera", Ordinal(1)), ("segunda", Ordinal(2)),
    ("deuxième", Ordinal(2)), ("seconde", Ordinal(2)), ("erste", Ordinal(1)), ("ersten", Ordinal(1)), ("zweite", Ordinal(2)),
    ("zweiten", Ordinal(2)), ("last", Last), ("st", OrdinalSuffix), ("nd", OrdinalSuffix), ("rd", OrdinalSuffix), ("th", OrdinalSuffix),
    ("e", OrdinalSuffix), ("ème", OrdinalSuffix), ("eme", OrdinalSuffix), ("re", OrdinalSuffix), ("ter", OrdinalSuffix),
    ("ten", OrdinalSuffix),
    // Times of day.
    ("am", Am), ("pm", Pm), ("noon", Hour(12)), ("midnight", Hour(0)), ("t", T), ("z", Zone(0)), ("utc", Zone(0)), ("gmt", Zone(0)),
    ("ut", Zone(0)), ("edt", Zone(-240)), ("cst", Zone(-360)), ("cdt", Zone(-300)), ("mst", Zone(-420)), ("mdt", Zone(-360)),
    ("pst", Zone(-480)), ("pdt", Zone(-420)), ("cet", Zone(60)), ("cest", Zone(120)), ("mez", Zone(60)), ("mesz", Zone(120)),
    ("eet", Zone(120)), ("eest", Zone(180)), ("jst", Zone(540)), ("kst", Zone(540)),
    // Now.
    ("present", Present), ("now", Present), ("ongoing", Present), ("today", Present), ("heute", Present),
    // Words that say nothing of when.
    ("the", Filler), ("of", Filler), ("in", Filler), ("on", Filler), ("at", Filler), ("year", Filler), ("yr", Filler), ("der", Filler),
    ("die", Filler), ("den", Filler), ("des", Filler), ("dem", Filler), ("im", Filler), ("jahr", Filler), ("uhr", Filler),
    ("h", Filler), ("le", Filler), ("la", Filler), ("les", Filler), ("l", Filler), ("de", Filler), ("d", Filler), ("du", Filler),
    ("en", Filler), ("an", Filler), ("el", Filler), ("del", Filler), ("los", Filler), ("las", Filler), ("lo", Filler), ("qu", Filler),
    ("année", Filler), ("año", Filler),
];
