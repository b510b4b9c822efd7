//! Every sentence a person reads, by key and language.
//!
//! The functions of [`t`] are generated from `texts/<language>/*.ftl` (Project Fluent): one per
//! message, its arguments in alphabetical order. A message that chooses by number takes a `u64`
//! and prints it in groups of three; every other argument prints as it is.

pub use domain::lang::Lang;

/// One function for each message.
#[expect(
    clippy::all,
    clippy::pedantic,
    reason = "generated: plain, uniform code that nobody reads"
)]
pub mod t {
    use std::fmt::Write as _;

    use super::Lang;
    use crate::format::grouped;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// The three languages, each in its own words, as a chooser shows them.
pub const fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans => "简体",
        Lang::ZhHant => "繁體",
        Lang::En => "English",
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    };

    fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(
                    fs::read_dir(&path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
        found.sort();
        assert!(!found.is_empty(), "{folder}");
        found
    }

    fn messages(lang: &str) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        for (_, text) in files(&format!("texts/{lang}"), "ftl") {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if line.starts_with(' ') {
                    let (_, last) = all.last_mut().unwrap();
                    last.push_str(line);
                } else if let Some((key, value)) = line.split_once('=') {
                    all.push((key.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        all
    }

    /// The common characters that exist only in simplified writing (from the character table of
    /// OpenCC 1.1, Apache-2.0: those whose traditional forms do not include themselves).
    const SIMPLIFIED: &str = "\
        与专业丛东丝丢两严丧个临为丽举么义乌乐乔习乡书买乱争亏亚产亩亲亿仅从仑仓仪们众优会伞伟传伤伦伪体侠侣侥侦侧侨侩俩俭债倾偿储儿兑兰关兴兹养兽内冈册写军农冯冲决况冻净凄凉减凑凛凤凭凯击\
        凿刘则刚创删别刹刽剂剐剑剥剧劝办务动励劲劳势勋匀区医华协单卖卢卤卧卫却厅历厉压厌厕厢厦厨厩县叁参双发变叙叠号叹吓吕吗吨听启吴呐呕员呛呜咏咙响哑哗哟唤啮啸喷嘘嘱嚣团园囱围国图圆圣场坏\
        块坚坛坝坞坟坠垄垒垦垫堑堕墙壮声壳壶处备复够头夹夺奋奖奥妆妇妈娄娇娱婴婶孙学孪宁宝实宠审宪宫宽宾寝对寻导寿将尔尘尝尧尽层屉届属屡屿岁岂岗岛岭岿峡峦峰崭巩币帅师帐帜带帧帮幂并庄庆床庐\
        库应庙庞废开异弃张弥弯弹强归当录彦彻径忆忧怀态怂怜总恋恒恳恶恼悦悬悯惊惧惨惩惫惭惮惯愤慑懒戏战户扑执扩扫扬扰抚抛抠抡抢护报担拟拢拣拥拦拧拨择挚挛挝挞挟挠挡挣挤挥捞损捡换捣掳掷掸掺揽\
        搀搁搂搅携摄摆摇摈摊撑撵擞攒敌敛数斋斩断无旧时旷昼显晋晒晓晕暂术机杀杂权条来杨构枢枣枪枫柠栅标栈栋栏树栖样档桥桨桩梦检椭楼槛横樱橱欢欧歼残殴毁毕毙毡气氢汇汉汤汹沟没沤沥沦沧沪泞泪泻\
        泼泽洁洒洼浅浆浇浊测济浑浓涛涝涟涡涣涤润涧涨涩渊渍渐渔渗温湾湿溃溅滚滞满滤滥滦滨滩潍潜澜濒灭灯灵灶灾灿炉点炼炽烁烂烃烛烟烦烧烩烫烬热焕爱爷牵牺犊状犹狈狞独狭狮狰狱猎猪猫献獭玛环现珐\
        琐琼瑶瓮电画畅畴疗疟疡疮疯痈痉痒痪痴瘪瘫癣皑皱盏盐监盖盗盘睁瞒瞩矫矾矿码砖砚砾础硕硷碍碱礼祷祸禄离秃秆秘积称秽税稳穷窃窍窑窜窝窥竖竞笋笔笺笼筛筹签简箩篓篮篱类粤粪粮紧纠红纤约级纪纫\
        纬纯纱纲纳纵纶纷纸纹纺纽线练组绅细织终绊绍绎经绑绒结绕绘给绚络绝绞统绢绣绥绦继绩绪续绰绳维绵绷绸综绽绿缀缄缅缆缉缎缓缔缕编缘缚缝缠缨缩缮缴网罗罚罢羡群翘耸耻聂聋职联聪肃肠肤肮肾肿胀\
        胁胆胶脉脏脐脑脓脚脱脸腻腾舆舰舱艰艳艺节芜芦苇苍苏茎茧荆荚荡荣荤荧荫药莱莲获莹萝萤营萧萨葱蒋蓝蓟蔷蔼蕴虏虑虚虱虽虾蚀蚁蚂蚕蛊蛮蛰蜕蜗蝇蝉衅衔补衬袄袜袭装裤见观规觅视览觉触誉誊计订讣\
        认讥讨让讫训议讯记讲讳讶许讹论讼讽设访诀证评诅识诈诉诊诌词译试诗诚诛话诞诡询诣该详诧诫诬语误诱诲说诵请诸诺读诽课谁调谅谆谈谊谋谍谎谐谓谗谚谜谢谣谤谦谨谩谬谭谰谱谴贝贞负贡财责贤败账\
        货质贩贪贫贬购贮贯贰贱贴贵贷贸费贺贼贾贿赁赂赃资赊赋赌赎赏赐赔赖赘赚赛赞赠赡赢赣赵赶趋跃践踌踪蹿躯车轧轨轩转轮软轰轴轻载轿较辅辆辈辉辊辐辑输辕辖辗辙辞辩辫边辽达迁过迈运还这进远违连\
        迟迹选逊递逻遗遥邓邮邹邻郑郧郸酝酱酿释鉴针钉钎钒钓钙钝钞钟钠钡钢钥钦钧钨钩钮钱钳钵钻钾铀铁铂铃铅铆铜铝铡铣铬铭铰铱铲银铸铺链销锁锄锅锈锋锌锐锑锗错锚锡锣锤锥锦锨锭键锯锰锹锻镀镁镇镊\
        镍镐镑镜镣镭镰镶长门闪闭问闯闰闲间闷闸闹闺闻闽阀阁阂阅阉阎阐阑阔队阳阴阵阶际陆陇陈陕陨险随隐隶难雇雏雾霉静韦韧韩韵页顶顷项顺须顽顾顿颁颂预颅领颇颈颊颐频颓颖颗题颜额颠颤颧风飘飞饥饭\
        饮饯饰饱饲饵饶饺饼饿馁馅馆馈馋馏馒马驭驮驯驰驱驳驴驶驹驻驼驾骂骄骆骇骋验骏骑骗骚骡骤鱼鲁鲍鲜鲤鲸鳃鳖鳞鸟鸡鸣鸥鸦鸭鸯鸳鸵鸽鸿鹃鹅鹊鹏鹤鹰麦黄齐齿龄龋龙龚龟\
        ";

    #[test]
    fn traditional_texts_hold_no_simplified_characters() {
        let wrong: BTreeSet<char> = SIMPLIFIED.chars().collect();
        assert!(wrong.len() > 1000);
        for (key, text) in messages("zh-Hant") {
            if let Some(c) = text.chars().find(|c| wrong.contains(c)) {
                // The chooser names the other languages in their own words.
                assert!(key.starts_with("language-"), "{key}: {c} in {text}");
            }
        }
    }

    #[test]
    fn one_to_many_characters_are_the_ones_this_house_decided() {
        let wrong = [
            "裏",
            "爲",
            "衆",
            "台風",
            "回復您",
            "以后",
            "然后",
            "之后",
            "后面",
            "最后",
            "干部",
            "復制",
            "制作",
            "面條",
            "資料庫表",
            "网",
            "程序員",
            "信息",
            "質量",
            "視頻",
            "默認",
            "社區里",
            "這里",
            "那里",
            "哪里",
            "里面",
            "夜里",
            "家里",
            "范圍",
            "松開",
            "只件",
        ];
        for (key, text) in messages("zh-Hant") {
            for word in wrong {
                assert!(!text.contains(word), "{key}: {word} in {text}");
            }
        }
    }

    #[test]
    fn please_is_for_favours_and_sorry_for_our_own_failures() {
        for lang in ["zh-Hans", "zh-Hant"] {
            for (key, text) in messages(lang) {
                let please = ["请", "請"].iter().any(|word| {
                    text.match_indices(word).any(|(at, _)| {
                        // 申请 (apply), 请到… (call in) and 请求 are other words.
                        let before = text[..at].chars().next_back();
                        let after = text[at + word.len()..].chars().next();
                        before != Some('申') && !matches!(after, Some('求' | '来' | '來' | '部'))
                    })
                });
                if please {
                    let plain = !["error-", "label-", "action-", "nav-", "button-"]
                        .iter()
                        .any(|kind| key.contains(kind));
                    assert!(plain, "{lang} {key}: {text}");
                }
                if text.contains("抱歉") {
                    assert!(key.starts_with("oops-"), "{lang} {key}: {text}");
                }
            }
        }
    }

    #[test]
    fn chinese_texts_use_full_width_marks() {
        for lang in ["zh-Hans", "zh-Hant"] {
            for (key, text) in messages(lang) {
                let chars: Vec<char> = text.chars().collect();
                for pair in chars.windows(2) {
                    let han = ('\u{4e00}'..='\u{9fff}').contains(&pair[0]);
                    assert!(
                        !(han && matches!(pair[1], ',' | ';' | ':' | '?' | '!' | '(' | ')')),
                        "{lang} {key}: {}{} in {text}",
                        pair[0],
                        pair[1]
                    );
                }
            }
        }
    }

    #[test]
    fn every_text_is_used() {
        let sources: String = files("src", "rs")
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let unused: Vec<String> = messages("zh-Hans")
            .into_iter()
            .map(|(key, _)| key.replace('-', "_"))
            .filter(|name| !name.starts_with('_') && !sources.contains(&format!("t::{name}")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
