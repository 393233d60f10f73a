//! Words of dates in Russian and Ukrainian.

use super::Word::{
    self, Ad, After, And, Before, Between, Century, Christ, Circa, Early, Filler, From, Half, Late, Mid, Millennium, Month, Or, Ordinal,
    OrdinalSuffix, Perhaps, Present, Quarter, Season, To, ToOrUntil, V, Weekday,
};

/// Each word in small letters, without its dot.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Word)] = &[
    // Months, as names and in the genitive.
    ("январь", Month(1)), ("января", Month(1)), ("янв", Month(1)), ("січень", Month(1)), ("січня", Month(1)), ("січ", Month(1)),
    ("январе", Month(1)), ("січні", Month(1)), ("февраль", Month(2)), ("февраля", Month(2)), ("фев", Month(2)), ("февр", Month(2)),
    ("лютий", Month(2)), ("лютого", Month(2)), ("лют", Month(2)), ("феврале", Month(2)), ("лютому", Month(2)), ("март", Month(3)),
    ("марта", Month(3)), ("мар", Month(3)), ("березень", Month(3)), ("березня", Month(3)), ("бер", Month(3)), ("марте", Month(3)),
    ("березні", Month(3)), ("апрель", Month(4)), ("апреля", Month(4)), ("апр", Month(4)), ("квітень", Month(4)), ("квітня", Month(4)),
    ("кві", Month(4)), ("квіт", Month(4)), ("апреле", Month(4)), ("квітні", Month(4)), ("май", Month(5)), ("мая", Month(5)),
    ("травень", Month(5)), ("травня", Month(5)), ("тра", Month(5)), ("трав", Month(5)), ("мае", Month(5)), ("травні", Month(5)),
    ("июнь", Month(6)), ("июня", Month(6)), ("июн", Month(6)), ("червень", Month(6)), ("червня", Month(6)), ("чер", Month(6)),
    ("черв", Month(6)), ("июне", Month(6)), ("червні", Month(6)), ("июль", Month(7)), ("июля", Month(7)), ("июл", Month(7)),
    ("липень", Month(7)), ("липня", Month(7)), ("лип", Month(7)), ("июле", Month(7)), ("липні", Month(7)), ("август", Month(8)),
    ("августа", Month(8)), ("авг", Month(8)), ("серпень", Month(8)), ("серпня", Month(8)), ("сер", Month(8)), ("серп", Month(8)),
    ("августе", Month(8)), ("серпні", Month(8)), ("сентябрь", Month(9)), ("сентября", Month(9)), ("сен", Month(9)), ("сент", Month(9)),
    ("вересень", Month(9)), ("вересня", Month(9)), ("вер", Month(9)), ("сентябре", Month(9)), ("вересні", Month(9)),
    ("октябрь", Month(10)), ("октября", Month(10)), ("окт", Month(10)), ("жовтень", Month(10)), ("жовтня", Month(10)),
    ("жов", Month(10)), ("жовт", Month(10)), ("октябре", Month(10)), ("жовтні", Month(10)), ("ноябрь", Month(11)),
    ("ноября", Month(11)), ("ноя", Month(11)), ("нояб", Month(11)), ("листопад", Month(11)), ("листопада", Month(11)),
    ("лис", Month(11)), ("лист", Month(11)), ("ноябре", Month(11)), ("листопаді", Month(11)), ("декабрь", Month(12)),
    ("декабря", Month(12)), ("дек", Month(12)), ("грудень", Month(12)), ("грудня", Month(12)), ("гру", Month(12)), ("груд", Month(12)),
    ("декабре", Month(12)), ("грудні", Month(12)),
    // Days of the week.
    ("понедельник", Weekday(0)), ("пн", Weekday(0)), ("понеділок", Weekday(0)), ("вторник", Weekday(1)), ("вт", Weekday(1)),
    ("вівторок", Weekday(1)), ("среда", Weekday(2)), ("ср", Weekday(2)), ("середа", Weekday(2)), ("четверг", Weekday(3)),
    ("чт", Weekday(3)), ("четвер", Weekday(3)), ("пятница", Weekday(4)), ("пт", Weekday(4)), ("субота", Weekday(5)),
    ("суббота", Weekday(5)), ("сб", Weekday(5)), ("воскресенье", Weekday(6)), ("вс", Weekday(6)), ("неділя", Weekday(6)),
    ("нд", Weekday(6)),
    // Parts of a year.
    ("весна", Season(21)), ("весной", Season(21)), ("весны", Season(21)), ("навесні", Season(21)), ("весни", Season(21)),
    ("лето", Season(22)), ("летом", Season(22)), ("лета", Season(22)), ("літо", Season(22)), ("влітку", Season(22)),
    ("літа", Season(22)), ("осень", Season(23)), ("осенью", Season(23)), ("осени", Season(23)), ("осінь", Season(23)),
    ("восени", Season(23)), ("осені", Season(23)), ("зима", Season(24)), ("зимой", Season(24)), ("зимы", Season(24)),
    ("взимку", Season(24)), ("зими", Season(24)), ("квартал", Quarter), ("кв", Quarter), ("половина", Half), ("половине", Half),
    ("половині", Half), ("половины", Half), ("начало", Early), ("начале", Early), ("нач", Early), ("початок", Early),
    ("початку", Early), ("поч", Early), ("середина", Mid), ("середине", Mid), ("середині", Mid), ("конец", Late), ("конце", Late),
    ("кон", Late), ("кінець", Late), ("кінці", Late), ("наприкінці", Late), ("кін", Late),
    // How sure.
    ("около", Circa), ("ок", Circa), ("примерно", Circa), ("приблизительно", Circa), ("близько", Circa), ("бл", Circa),
    ("приблизно", Circa), ("біля", Circa), ("возможно", Perhaps), ("вероятно", Perhaps), ("предположительно", Perhaps),
    ("можливо", Perhaps), ("ймовірно", Perhaps), ("імовірно", Perhaps),
    // Before and after.
    ("до", ToOrUntil), ("перед", Before), ("ранее", Before), ("раньше", Before), ("раніше", Before), ("после", After), ("позже", After),
    ("після", After), ("пізніше", After), ("по", To), ("с", From), ("со", From), ("з", From), ("із", From), ("від", From),
    ("между", Between), ("між", Between), ("и", And), ("і", And), ("та", And), ("или", Or), ("або", Or), ("чи", Or),
    // Longer times.
    ("век", Century), ("века", Century), ("веке", Century), ("веков", Century), ("вв", Century), ("століття", Century),
    ("столітті", Century), ("столетие", Century), ("столетия", Century), ("ст", Century), ("тысячелетие", Millennium),
    ("тысячелетия", Millennium), ("тыс", Millennium), ("тисячоліття", Millennium), ("годы", Filler), ("годов", Filler),
    ("годах", Filler), ("гг", Filler), ("роки", Filler), ("років", Filler), ("роках", Filler), ("рр", Filler),
    // Eras.
    ("нэ", Ad), ("не", Ad), ("эры", Filler), ("ери", Filler), ("рх", Christ),
    // Ordinals.
    ("е", OrdinalSuffix), ("й", OrdinalSuffix), ("ый", OrdinalSuffix), ("я", OrdinalSuffix), ("ая", OrdinalSuffix), ("ой", OrdinalSuffix), ("а", OrdinalSuffix), ("го", OrdinalSuffix), ("м", OrdinalSuffix),
    ("х", OrdinalSuffix), ("ті", OrdinalSuffix), ("ые", OrdinalSuffix), ("первая", Ordinal(1)), ("первой", Ordinal(1)),
    ("вторая", Ordinal(2)), ("второй", Ordinal(2)), ("перша", Ordinal(1)), ("першій", Ordinal(1)), ("друга", Ordinal(2)),
    ("другій", Ordinal(2)),
    // Now.
    ("сейчас", Present), ("сегодня", Present), ("зараз", Present), ("сьогодні", Present),
    // Words that say nothing of when.
    ("г", Filler), ("год", Filler), ("года", Filler), ("году", Filler), ("р", Filler), ("рік", Filler), ("року", Filler),
    ("році", Filler), ("в", V), ("у", Filler), ("во", Filler), ("на", Filler),
];
