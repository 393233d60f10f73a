//! Words of dates in Chinese, Japanese and Korean.

use super::Word::{
    self, Ad, Am, And, Bc, Century, Circa, DayUnit, Decade, Early, Filler, From, Late, Mid, Millennium, MonthUnit, Or, OrEarlier, OrLater,
    Perhaps, Pm, Present, Quarter, Season, To, Weekday, YearUnit,
};

/// Each word as it is written; the longest that fits is taken.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Word)] = &[
    ("年", YearUnit), ("月", MonthUnit), ("日", DayUnit), ("号", DayUnit), ("號", DayUnit), ("년", YearUnit), ("월", MonthUnit),
    ("일", DayUnit), ("年度", YearUnit), ("년도", YearUnit), ("月份", MonthUnit),
    // Days of the week.
    ("星期一", Weekday(0)), ("星期二", Weekday(1)), ("星期三", Weekday(2)), ("星期四", Weekday(3)), ("星期五", Weekday(4)), ("星期六", Weekday(5)),
    ("星期日", Weekday(6)), ("星期天", Weekday(6)), ("周一", Weekday(0)), ("周二", Weekday(1)), ("周三", Weekday(2)), ("周四", Weekday(3)),
    ("周五", Weekday(4)), ("周六", Weekday(5)), ("周日", Weekday(6)), ("月曜日", Weekday(0)), ("火曜日", Weekday(1)), ("水曜日", Weekday(2)),
    ("木曜日", Weekday(3)), ("金曜日", Weekday(4)), ("土曜日", Weekday(5)), ("日曜日", Weekday(6)), ("火", Weekday(1)), ("水", Weekday(2)),
    ("木", Weekday(3)), ("金", Weekday(4)), ("土", Weekday(5)), ("월요일", Weekday(0)), ("화요일", Weekday(1)), ("수요일", Weekday(2)),
    ("목요일", Weekday(3)), ("금요일", Weekday(4)), ("토요일", Weekday(5)), ("일요일", Weekday(6)),
    // Parts of a year.
    ("春", Season(21)), ("夏", Season(22)), ("秋", Season(23)), ("冬", Season(24)), ("春季", Season(21)), ("夏季", Season(22)),
    ("秋季", Season(23)), ("冬季", Season(24)), ("春天", Season(21)), ("夏天", Season(22)), ("秋天", Season(23)), ("冬天", Season(24)),
    ("봄", Season(21)), ("여름", Season(22)), ("가을", Season(23)), ("겨울", Season(24)), ("季度", Quarter), ("四半期", Quarter), ("분기", Quarter),
    ("初", Early), ("初期", Early), ("初頭", Early), ("上旬", Early), ("初旬", Early), ("초", Early), ("초반", Early), ("초기", Early), ("초순", Early),
    ("상순", Early), ("初年", Early), ("中", Mid), ("中期", Mid), ("中旬", Mid), ("半ば", Mid), ("中叶", Mid), ("중반", Mid), ("중기", Mid), ("중순", Mid),
    ("末", Late), ("末期", Late), ("下旬", Late), ("后期", Late), ("後期", Late), ("말", Late), ("후반", Late), ("말기", Late), ("하순", Late),
    ("底", Late),
    // How sure.
    ("约", Circa), ("約", Circa), ("大约", Circa), ("大約", Circa), ("頃", Circa), ("ごろ", Circa), ("ころ", Circa), ("前后", Circa), ("前後", Circa),
    ("左右", Circa), ("약", Circa), ("경", Circa), ("쯤", Circa), ("무렵", Circa), ("可能", Perhaps), ("おそらく", Perhaps), ("아마", Perhaps),
    // Before and after.
    ("以前", OrEarlier), ("之前", OrEarlier), ("이전", OrEarlier), ("以后", OrLater), ("以後", OrLater), ("以降", OrLater), ("之后", OrLater),
    ("이후", OrLater), ("从", From), ("自", From), ("至", To), ("到", To), ("から", To), ("부터", To), ("まで", Filler), ("까지", Filler), ("和", And),
    ("或", Or), ("または", Or), ("또는", Or),
    // Longer times.
    ("世纪", Century), ("世紀", Century), ("세기", Century), ("年代", Decade), ("년대", Decade), ("千年紀", Millennium),
    // Eras.
    ("公元前", Bc), ("紀元前", Bc), ("西元前", Bc), ("前", Bc), ("기원전", Bc), ("公元", Ad), ("西暦", Ad), ("西元", Ad), ("紀元", Ad), ("서기", Ad),
    ("기원후", Ad), ("기원", Ad), ("第", Filler), ("제", Filler), ("の", Filler), ("의", Filler), ("に", Filler), ("에", Filler), ("在", Filler),
    ("于", Filler), ("於", Filler), ("现在", Present), ("現在", Present), ("현재", Present), ("至今", Present),
    // Times of day.
    ("午前", Am), ("上午", Am), ("오전", Am), ("午後", Pm), ("下午", Pm), ("오후", Pm),
];
