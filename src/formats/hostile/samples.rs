//! One small file of every format, with what its grammar has that readers stumble over.

/// Names and texts.
pub(super) const SAMPLES: &[(&str, &str)] = &[
    (
        "a.csv",
        "id,when,end,title,actors,sentence\r\ne1,2023-07-25,2023-07-27,Visit,A (host);B,\"He said \"\"come\"\",\r\nand went.\"\r\ne2,someday,,Talk,C,\r\n",
    ),
    ("a.tsv", "Date\tHeadline\tSource\n30/08/2023\tÀ propos\thttps://example.org/x\n31/08/2023\tSuite\thttps://example.org/y\n"),
    (
        "a.jsonl",
        "{\"when\":\"2023-08-30\",\"title\":\"é\",\"actors\":[\"A\",{\"name\":\"B\",\"role\":\"r\"}],\"x\":[1,{\"y\":null}]}\n{\"when\":\"2023\",\"title\":\"b\"}\n",
    ),
    (
        "a.json",
        "{\"chronolane\":1,\"actors\":[{\"id\":\"a\",\"name\":\"A\"}],\"events\":[{\"when\":\"2023-08\",\"title\":\"x\",\"actors\":[\"a\"],\"evidence\":[{\"quote\":\"q\",\"source\":\"s\"}]},{\"title\":\"y\"}]}",
    ),
    // Event data, forensics, calendars.
    ("quads.txt", "Ruritania\tMake a visit\tGraustark\t2014-03-06\nGraustark\tVeto\tRuritania\t2014-02-30\n"),
    (
        "icews.tab",
        "Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\tTarget Name\tCity\n5\t2018-06-01\tÉmigrés\tVeto\t129\t\"B\"\tNA\n",
    ),
    (
        "acled.csv",
        "event_date,time_precision,event_type,actor1,assoc_actor_1,location,notes\n05 January 2020,2,Riots,A,\"B; C\",X,\"They \"\"met\"\".\"\n31/12/2020,3,Riots,A,,,\n",
    ),
    (
        "ged.csv",
        "id,type_of_violence,side_a,side_b,source_headline,date_prec,date_start,date_end\n1,3,A,B,\"x;y\",4,2016-01-01 00:00:00.000,2016-01-31\n",
    ),
    (
        "sketch.csv",
        "message,timestamp,datetime,timestamp_desc,tag\nA,1437764461000000,2015-07-24T19:01:01+00:00,é,\"['a','b']\"\nB,1435789661123456, ,x,[]\n",
    ),
    ("sketch.jsonl", "{\"message\":\"é\",\"datetime\":\"2015-07-24T19:01:01Z\",\"timestamp_desc\":\"x\",\"tag\":[\"a\"]}\n"),
    (
        "plaso.jsonl",
        "{\"__container_type__\":\"event\",\"date_time\":{\"__class_name__\":\"Filetime\"},\"message\":\"m\",\"timestamp\":1331698658276340,\"timestamp_desc\":\"x\"}\n",
    ),
    (
        "l2t.csv",
        "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc\n01/22/2012,07:52:33,Europe/Berlin,M...,LOG,x,y,-,h,s,é\n00/00/0000,--:--:--,UTC,M...,LOG,x,y,-,h,s,d\n",
    ),
    ("a.tln", "1327218753|LOG|ws|-|2012-01-22T07:52:33.25+00:00; Creation; é|UTC|x\n0|REG|ws|x|Never|UTC|-\n"),
    ("bodyfile", "# x\n0|/é|b|12|r/rrw|0|0|1|1337961564.5|1337961563|-1|0\n0|/a|12|r/rrw|0|0|1|0|0|0|0\n"),
    (
        "a.ics",
        "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:é\\, \r\n  b\r\nDTSTART;TZID=X:20230301T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3;BYDAY=MO,-1TU\r\nEXDATE:20230302T100000\r\nEXRULE:FREQ=WEEKLY;COUNT=2\r\nRDATE;VALUE=PERIOD:20230401T080000Z/PT2H\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20230301T100000\r\nDTSTART:20230301\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
    // Other timeline programs.
    (
        "a.tl3.json",
        "{\"title\":{\"text\":{\"headline\":\"T\"}},\"events\":[{\"start_date\":{\"year\":\"622\",\"month\":8},\"text\":{\"headline\":\"<b>é</b>\",\"text\":\"<p>x\"},\"media\":{\"url\":\"u\"}}],\"eras\":[{}]}",
    ),
    ("a.tl2.json", "{\"timeline\":{\"date\":[{\"startDate\":\"2012,1,26\",\"headline\":\"A\",\"asset\":{\"media\":\"<i>x\"}}]}}"),
    ("a.tl.csv", "Year,Month,Time,End Year,Display Date,Headline,Type\n1815,12,10:00,1852,x,Ada,\n,,,,,T,title\n1,,,2,,E,era\n"),
    (
        "a.simile.xml",
        "<!DOCTYPE d [<!ENTITY x \"y\">]><data><event start=\"Nov 14 1840 00:00:00 GMT\" latestStart='1841' end=\"1850\" isDuration=\"true\" title=\"é &x;\">a &lt;b&gt;<![CDATA[c]]></event></data>",
    ),
    ("a.simile.json", "{\"dateTimeFormat\":\"iso8601\",\"events\":[{\"start\":\"2001\",\"end\":\"2002\",\"title\":\"é\"}]}"),
    (
        "a.timeline",
        "<timeline><timetype>gregoriantime</timetype><eras><era><name>E</name></era></eras><events><event><start>-473-03-15 00:00:00</start><end>2013-07-07 10:00:00</end><text>[2]é</text><fuzzy>True</fuzzy></event></events></timeline>",
    ),
    (
        "a.aeon.csv",
        "Type,Display ID,Label,Start Date,Latest Start Date,Earliest End Date,End Date,Participant\nEvent,E1,é,BC 1-11-19,,,2 ,\"A,B\"\nCharacter,C,A,,,,,\n",
    ),
    (
        "a.cz.json",
        "{\"timelines\":[{\"timeline\":{\"start\":1981.25,\"end\":9999,\"title\":\"é\",\"exhibits\":[{\"time\":-1.5,\"title\":\"x\",\"contentItems\":[{\"description\":\"d\"}]}]}}]}",
    ),
    (
        "a.periodo.json",
        "{\"authorities\":{\"a\":{\"source\":{\"title\":\"é\"},\"periods\":{\"p\":{\"label\":\"L\",\"start\":{\"in\":{\"earliestYear\":\"-9\",\"latestYear\":\"1\"}},\"stop\":{\"label\":\"now\"}}}}}}",
    ),
    (
        "a.mw",
        "title: é\n#T: red\ngroup G #T\n1930 - 1967: Memex\n[p](location) [w](https://w)\n5 days: B\n2020-02-22T12:13:14Z-now: C !c\nafter !c 1 week: D\n2020 every 2 weeks: E\nendGroup\n",
    ),
    ("a.md", "---\ndate: 2023-08-30\ntitle: 'é'\nactors: [A, B]\nsources:\n- url: https://x\n---\nBody.\n"),
    ("a.yaml", "events:\n- date: 2023-08-30\n  title: é\n- {date: &d 2024, title: *d, x: |\n   y}\n"),
    ("a.vis.json", "{\"items\":[{\"content\":\"é\",\"start\":1397606400000,\"group\":1}],\"groups\":[{\"id\":1,\"content\":\"<b>G\"}]}"),
    // More of what each grammar has.
    (
        "rules.ics",
        "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/Berlin\nX-WR-CALNAME:é\nBEGIN:VEVENT\nUID:a\nDTSTART:99991230T235959Z\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYSETPOS=-1;BYDAY=MO,TU,-1WE,+5FR;BYMONTH=1,2;BYHOUR=1,23;BYMINUTE=0,59;BYSECOND=0,60;WKST=SU;COUNT=5\nDURATION:P999999999W\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:00000229\nRRULE:FREQ=YEARLY;BYWEEKNO=53,-1;BYYEARDAY=366,-366;BYMONTHDAY=-31;UNTIL=99991231\nEXDATE;TZID=Nowhere:20230301T100000,x\nDTEND;VALUE=DATE:00010101\nATTENDEE;CN=\"A;B\";ROLE=CHAIR:mailto:a@b\nCATEGORIES:a\\,b,c\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\nBEGIN:VTODO\nUID:c\nDUE;TZID=\"America/New_York\":20230312T023000\nRRULE:FREQ=SECONDLY;BYDAY=SU;BYHOUR=3;COUNT=2\nDURATION:-P1DT2H3M4S\nRDATE:20230401T080000/20230401T070000,20230402\nEND:VTODO\nBEGIN:VEVENT\nUID:c\nRECURRENCE-ID;RANGE=THISANDFUTURE:20230312T033000\nDTSTART:20230312T040000\nRRULE:FREQ=DAILY;UNTIL=20240101T000000Z\nEND:VEVENT\nBEGIN:VJOURNAL\nDTSTART\n:20230101\nSUMMARY:x\nEND:VJOURNAL\nEND:VCALENDAR\n",
    ),
    (
        "b.mw",
        "---\ntitle: é\ndateFormat: d/M/yyyy\n---\n# A #t\n## B\n30/8/2023 10:00 - 18:30: one id:e\nid: e\n- [ ] todo\nafter !e 3 weekdays 2 hours - before 2025: two !firstLocation\nby !e 1 month - 5 years: three\n2023-08-30/2023-09: four\n12 days - 10 minutes: five\nnow - 1 week: six\n2023-01-01 every other year x9 for 3 decades: seven\n1850s - c. 1900?: eight\n8pm: nine\n===\nsection S\nMarch 5, 2023 / tomorrow: ten\nendSection\n_ _ _ _ _\n",
    ),
    (
        "b.yaml",
        "%YAML 1.2\n---\nbase: &b {date: 2023-08-30, actors: [A, {name: B, role: r}]}\nevents:\n- {<<: *b, title: \"\\u00e9\\n\", k: !!str 1}\n- ? [a, b]\n  : c\n  date: !!timestamp 2001-12-14t21:59:43.10-05:00\n  title: >-\n    folded\n\n    text\n- &s {self: *s, date: 0x10, title: ~}\n...\n---\ndate: .inf\n",
    ),
    (
        "lanes.json",
        "{\"chronolane\":1,\"title\":\"é\",\"kinds\":[{\"id\":\"k\",\"color\":\"#12\",\"shape\":\"star\"}],\"sources\":[{\"id\":\"s\",\"published\":\"2023-08-30\"}],\"actors\":[{\"id\":\"a\",\"name\":\"A\",\"member_of\":[\"b\"],\"aliases\":[\"B\",\"a\"]},{\"id\":\"b\",\"member_of\":[\"a\",\"b\"]}],\"events\":[{\"id\":\"x\",\"when\":\"2023-08-30T10:00:00+02:00/..\",\"kind\":\"k\",\"actors\":[{\"id\":\"a\",\"role\":\"r\"}],\"links\":[{\"to\":\"x\",\"relation\":\"after\"}],\"evidence\":[{\"source\":\"s\",\"phrase\":\"earlier this month\",\"when\":\"[2023-07,2023-08]\"}],\"status\":\"denied\",\"tags\":[\"t\"],\"z\":1e400}]}",
    ),
    (
        "deep.vis.json",
        "{\"items\":[{\"id\":1,\"content\":\"a\",\"start\":\"2023-08-30T10:00:00.5Z\",\"end\":-1e15,\"type\":\"range\",\"group\":\"g\"}],\"groups\":[{\"id\":\"g\",\"content\":\"G\",\"nestedGroups\":[\"g\",\"h\"]},{\"id\":\"h\",\"nestedGroups\":[\"g\"]}]}",
    ),
    (
        "full.timeline",
        "<?xml version=\"1.0\"?><timeline><timetype>gregoriantime</timetype><categories><category><name>c</name><color>1,2,3</color><parent>c</parent></category></categories><eras><era><name>E</name><start>-4713-11-24 00:00:00</start><end>9999-12-31 23:59:59</end></era></eras><events><event><start>2013-07-07 10:00:00</start><end>2013-07-06 10:00:00</end><text>[1]Whole</text><progress>200</progress><ends_today>True</ends_today></event><event><start>13-2-30 25:00:00</start><text>(1)part</text><category>c</category><hyperlink>a;b</hyperlink></event></events></timeline>",
    ),
    (
        "cosmos.tl3.json",
        "{\"scale\":\"cosmological\",\"events\":[{\"start_date\":{\"year\":-13800000000},\"end_date\":{\"year\":\"-4.5e9\",\"format\":\"yyyy\"},\"display_date\":\"é\",\"group\":\"g\"},{\"start_date\":{\"year\":2023,\"month\":13,\"day\":0,\"hour\":24,\"minute\":\"60\",\"second\":61,\"millisecond\":1000}}],\"eras\":[{\"start_date\":{\"year\":\"1\"},\"end_date\":{\"year\":\"0\"},\"text\":{\"headline\":\"E\"}}]}",
    ),
    (
        "humans.csv",
        "Date,End,Title,Phrase,Published,Place\n\"Tuesday, 30 August 2023 at 10.30 p.m. (CET)\",next spring,a,earlier this month,2023-08-30,X\nbetween 28 July and 30 August 2023,,b,the day before yesterday,1914/1918,\nc. 44 BC – AD 14,,c,two weeks later,,\n12th century,mid-1960s,d,,,\n1/2/03,31.12.99,e,last Easter,,\n45168.5,1693389600000,f,,,\n~2023-21/2024%,{2001..2003},g,,,\n",
    ),
];

/// All samples, and those that no literal can show well.
pub(super) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut all: Vec<(&'static str, Vec<u8>)> = SAMPLES.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    let gdelt = |id: u32, day: &str, actor: &str| {
        let mut cells = vec![""; 61];
        let id = id.to_string();
        (cells[0], cells[1], cells[6], cells[16], cells[26], cells[29]) = (&id, day, actor, "GRAUSTARK", "1384", "4");
        (cells[52], cells[60]) = ("\"Old\" Port", "https://example.org/é");
        cells.join("\t") + "\n"
    };
    let rows = [gdelt(7, "20180101", "RURITANIA"), gdelt(8, "20180132", ""), gdelt(9, "20180103", "É")].concat();
    all.push(("20180101.export.CSV", rows.into_bytes()));
    all
}
