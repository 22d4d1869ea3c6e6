"""What GeoNames has wrong, or does not have, for `scripts/cities.py`: written by hand.

An entry is "Name, REGION=Chinese name;" (or the country) and after "|" other spellings, split by "/".
"=" before a spelling says that the place goes by it; nothing after the first "=" leaves it out.
"""

# The largest cities of the United States, as they are called in mainland China.
US = """\
New York City, NY=纽约|New York/NYC/New York, New York/纽约市; Los Angeles, CA=洛杉矶|LA/罗省;
Brooklyn, NY=布鲁克林; Chicago, IL=芝加哥; Queens, NY=皇后区; Houston, TX=休斯敦|侯斯顿;
Phoenix, AZ=凤凰城|菲尼克斯; Philadelphia, PA=费城|Philly; San Antonio, TX=圣安东尼奥|圣安东尼;
Manhattan, NY=曼哈顿; San Diego, CA=圣迭戈|圣地亚哥/圣地牙哥; The Bronx, NY=布朗克斯|Bronx;
Dallas, TX=达拉斯; Jacksonville, FL=杰克逊维尔; Fort Worth, TX=沃思堡|沃斯堡;
San Jose, CA=圣何塞|圣荷西/圣荷塞; Austin, TX=奥斯汀; Columbus, OH=哥伦布; Charlotte, NC=夏洛特;
Indianapolis, IN=印第安纳波利斯|印城; San Francisco, CA=旧金山|三藩市/SF; Seattle, WA=西雅图;
Denver, CO=丹佛; Washington, DC=华盛顿|Washington DC/Washington D.C./DC/华盛顿特区/哥伦比亚特区;
Nashville, TN=纳什维尔|纳什维尔市; Oklahoma City, OK=俄克拉何马城|俄克拉荷马城;
El Paso, TX=埃尔帕索|艾尔帕索; Boston, MA=波士顿; Portland, OR=波特兰; Detroit, MI=底特律;
Las Vegas, NV=拉斯维加斯|赌城/Vegas; Memphis, TN=孟菲斯; Louisville, KY=路易斯维尔|路易维尔;
Baltimore, MD=巴尔的摩; Albuquerque, NM=阿尔伯克基; Milwaukee, WI=密尔沃基; Tucson, AZ=图森;
Fresno, CA=弗雷斯诺; Sacramento, CA=萨克拉门托|沙加缅度; Atlanta, GA=亚特兰大; Miami, FL=迈阿密;
Omaha, NE=奥马哈; Raleigh, NC=罗利; Kansas City, MO=堪萨斯城; Long Beach, CA=长滩; Mesa, AZ=梅萨;
Staten Island, NY=斯塔滕岛; Colorado Springs, CO=科罗拉多斯普林斯;
Virginia Beach, VA=弗吉尼亚比奇|弗吉尼亚海滩; Oakland, CA=奥克兰|屋仑; Tampa, FL=坦帕;
Tulsa, OK=塔尔萨; Minneapolis, MN=明尼阿波利斯; Wichita, KS=威奇托; Arlington, TX=阿灵顿;
Bakersfield, CA=贝克斯菲尔德; Cleveland, OH=克利夫兰; New Orleans, LA=新奥尔良; Aurora, CO=奥罗拉;
Honolulu, HI=檀香山|火奴鲁鲁; Anaheim, CA=阿纳海姆|安纳海姆; Orlando, FL=奥兰多;
Lexington, KY=列克星敦|Lexington-Fayette; Riverside, CA=里弗赛德|河滨市;
Corpus Christi, TX=科珀斯克里斯蒂; Cincinnati, OH=辛辛那提; Santa Ana, CA=圣安娜;
Stockton, CA=斯托克顿; Pittsburgh, PA=匹兹堡; Saint Paul, MN=圣保罗; Lincoln, NE=林肯;
Anchorage, AK=安克雷奇; Henderson, NV=亨德森; Greensboro, NC=格林斯伯勒; Plano, TX=普莱诺;
Newark, NJ=纽瓦克; Madison, WI=麦迪逊; St. Louis, MO=圣路易斯|Saint Louis;
Chula Vista, CA=丘拉维斯塔; Toledo, OH=托莱多; Jersey City, NJ=泽西城|泽西市; Reno, NV=里诺;
Chandler, AZ=钱德勒; Fort Wayne, IN=韦恩堡; Buffalo, NY=布法罗|水牛城; Durham, NC=达勒姆;
St. Petersburg, FL=圣彼得斯堡|圣彼得堡; Irvine, CA=尔湾|欧文; Laredo, TX=拉雷多;
Lubbock, TX=拉伯克; Gilbert, AZ=吉尔伯特; Winston-Salem, NC=温斯顿-塞勒姆; Glendale, AZ=格伦代尔;
Norfolk, VA=诺福克; Hialeah, FL=海厄利亚; Garland, TX=加兰; Scottsdale, AZ=斯科茨代尔;
Irving, TX=欧文; Boise, ID=博伊西; Chesapeake, VA=切萨皮克; North Las Vegas, NV=北拉斯维加斯;
Fremont, CA=弗里蒙特|费利蒙/佛利蒙; Spokane, WA=斯波坎; Baton Rouge, LA=巴吞鲁日;
Richmond, VA=里士满; Paradise, NV=帕拉代斯|天堂市; Tacoma, WA=塔科马;
San Bernardino, CA=圣贝纳迪诺; Salt Lake City, UT=盐湖城; Huntsville, AL=亨茨维尔;
Des Moines, IA=得梅因|德梅因; Fontana, CA=方塔纳; Modesto, CA=莫德斯托; Rochester, NY=罗切斯特;
Arlington, VA=阿灵顿; Oxnard, CA=奥克斯纳德; Columbus, GA=哥伦布; Worcester, MA=伍斯特;
Moreno Valley, CA=莫雷诺谷; Little Rock, AR=小石城; Fayetteville, NC=费耶特维尔;
Huntington Beach, CA=亨廷顿比奇|亨廷顿海滩; Tallahassee, FL=塔拉哈西; Yonkers, NY=扬克斯;
Glendale, CA=格伦代尔; Cypress, TX=赛普里斯; Aurora, IL=奥罗拉; Amarillo, TX=阿马里洛;
Akron, OH=阿克伦; Vancouver, WA=温哥华; Birmingham, AL=伯明翰; Montgomery, AL=蒙哥马利;
Grand Rapids, MI=大急流城|大激流城; Peoria, AZ=皮奥里亚; Providence, RI=普罗维登斯;
Knoxville, TN=诺克斯维尔; Grand Prairie, TX=大草原城; Shreveport, LA=什里夫波特;
Brownsville, TX=布朗斯维尔; Overland Park, KS=欧弗兰帕克; Newport News, VA=纽波特纽斯;
Mobile, AL=莫比尔; Fort Lauderdale, FL=劳德代尔堡; Santa Clarita, CA=圣克拉丽塔;
Chattanooga, TN=查塔努加; Santa Rosa, CA=圣罗莎; Eugene, OR=尤金; Tempe, AZ=坦佩;
Oceanside, CA=欧申赛德; Salem, OR=塞勒姆; Garden Grove, CA=加登格罗夫|园林市;
Rancho Cucamonga, CA=兰乔库卡蒙加|库卡蒙格牧场; Cape Coral, FL=开普科勒尔;
Sioux Falls, SD=苏福尔斯|苏瀑; Ontario, CA=安大略; Fort Collins, CO=柯林斯堡|科林斯堡;
Springfield, MO=斯普林菲尔德|春田; Elk Grove, CA=埃尔克格罗夫; Clarksville, TN=克拉克斯维尔;
Pembroke Pines, FL=彭布罗克派恩斯; Murfreesboro, TN=默弗里斯伯勒;
Port Saint Lucie, FL=圣露西港|Port St. Lucie; Corona, CA=科罗纳|科洛纳; McKinney, TX=麦金尼;
Lancaster, CA=兰开斯特; Cary, NC=卡里; Alexandria, VA=亚历山德里亚; Palmdale, CA=帕姆代尔;
Hayward, CA=海沃德; Salinas, CA=萨利纳斯; Sunnyvale, CA=森尼韦尔|桑尼维尔; Frisco, TX=弗里斯科;
Springfield, MA=斯普林菲尔德|春田; Pasadena, TX=帕萨迪纳; Jackson, MS=杰克逊; Pomona, CA=波莫纳;
Kansas City, KS=堪萨斯城; Lakewood, CO=莱克伍德; Escondido, CA=埃斯孔迪多; Hollywood, FL=好莱坞;
Rockford, IL=罗克福德; Joliet, IL=乔利埃特; Savannah, GA=萨凡纳; Paterson, NJ=帕特森;
Bridgeport, CT=布里奇波特; Naperville, IL=内珀维尔; Gainesville, FL=盖恩斯维尔;
Mesquite, TX=梅斯基特; Syracuse, NY=锡拉丘兹|雪城; Torrance, CA=托伦斯; Surprise, AZ=瑟普赖斯;
Columbia, SC=哥伦比亚; Pasadena, CA=帕萨迪纳; Orange, CA=奥兰治|橙市; Fullerton, CA=富勒顿;
Killeen, TX=基林; McAllen, TX=麦卡伦; Bellevue, WA=贝尔维尤|贝尔维; Hampton, VA=汉普顿;
Dayton, OH=代顿; Olathe, KS=奥拉西; Warren, MI=沃伦; New Haven, CT=纽黑文; Hartford, CT=哈特福德;
Stamford, CT=斯坦福德; Cedar Rapids, IA=锡达拉皮兹; Charleston, SC=查尔斯顿;
Springfield, IL=斯普林菲尔德|春田; Springfield, OR=斯普林菲尔德|春田;
Springfield, OH=斯普林菲尔德|春田; Ann Arbor, MI=安娜堡|安阿伯; Berkeley, CA=伯克利;
Cambridge, MA=剑桥|坎布里奇; Evanston, IL=埃文斯顿; Palo Alto, CA=帕洛阿尔托;
Mountain View, CA=山景城; Cupertino, CA=库比蒂诺; Santa Clara, CA=圣克拉拉;
San Mateo, CA=圣马特奥; Redwood City, CA=红木城; Milpitas, CA=米尔皮塔斯; Pleasanton, CA=普莱森顿;
Davis, CA=戴维斯; Santa Cruz, CA=圣克鲁斯; Santa Barbara, CA=圣巴巴拉;
Redmond, WA=雷德蒙德|雷蒙德; Kirkland, WA=柯克兰; Athens, GA=雅典; Bloomington, IN=布卢明顿;
Champaign, IL=香槟; Lansing, MI=兰辛; Portland, ME=波特兰; Duluth, MN=德卢斯|杜鲁斯;
Rochester, MN=罗切斯特; Iowa City, IA=艾奥瓦城|爱荷华城; Boulder, CO=博尔德;
Manchester, NH=曼彻斯特; Missoula, MT=米苏拉; Billings, MT=比灵斯; Fargo, ND=法戈;
Cheyenne, WY=夏延; Wilmington, DE=威尔明顿; Trenton, NJ=特伦顿; Hoboken, NJ=霍博肯;
Edison, NJ=爱迪生; Allentown, PA=阿伦敦; Erie, PA=伊利; Scranton, PA=斯克兰顿; Lowell, MA=洛厄尔;
Quincy, MA=昆西; Somerville, MA=萨默维尔; Newton, MA=牛顿; Lynn, MA=林恩;
Silver Spring, MD=银泉|银春; Rockville, MD=罗克维尔; Columbia, MO=哥伦比亚; Columbia, MD=哥伦比亚;
Lafayette, LA=拉斐特; Lafayette, IN=拉斐特; College Station, TX=学院站|卡城;
Sugar Land, TX=舒格兰|糖城; Round Rock, TX=朗德罗克|圆石城; The Woodlands, TX=伍德兰兹;
Asheville, NC=阿什维尔; Chapel Hill, NC=教堂山; Tuscaloosa, AL=塔斯卡卢萨;
Fayetteville, AR=费耶特维尔; Green Bay, WI=格林贝; Peoria, IL=皮奥里亚; South Bend, IN=南本德;
Flint, MI=弗林特; Dearborn, MI=迪尔伯恩; Troy, MI=特洛伊; Youngstown, OH=扬斯敦; Canton, OH=坎顿;
Santa Fe, NM=圣菲; Santa Monica, CA=圣莫尼卡; Burbank, CA=伯班克; Alhambra, CA=阿罕布拉;
Monterey Park, CA=蒙特利公园; Arcadia, CA=阿卡迪亚|亚凯迪亚; Albany, NY=奥尔巴尼;
White Plains, NY=怀特普莱恩斯|白原市; Bismarck, ND=俾斯麦; Rapid City, SD=拉皮德城;
Idaho Falls, ID=爱达荷福尔斯; Meridian, ID=默里迪恩; Nampa, ID=南帕; Provo, UT=普罗沃;
Antioch, CA=安蒂奥克; Plantation, FL=普兰泰申; South Gate, CA=南盖特; Waltham, MA=沃尔瑟姆;
Framingham, MA=弗雷明汉; Brookline, MA=布鲁克莱恩; Eau Claire, WI=欧克莱尔; Union City, CA=联合城;
Union City, NJ=联合城; San Leandro, CA=圣莱安德罗; Merced, CA=默塞德; Camden, NJ=卡姆登;
Goodyear, AZ=古德伊尔; Utica, NY=尤蒂卡; Auburn, AL=奥本; Shoreline, WA=肖尔莱恩;
Lake Elsinore, CA=埃尔西诺湖;
"""

# Parts of cities, and names that nobody types for a city: they would only stand in the way.
NOT_CITIES = {
    "US": """New South Memphis/South Boston/West Raleigh/Lexington-Fayette/Meads/Maryvale/East Flatbush/
East New York/Upper West Side/Jamaica/Deer Valley/Tempe Junction/East Chattanooga/Borough Park/
Astoria/Washington Heights/East Hampton/Metairie Terrace/Van Nuys/Valencia/Tri-Cities/East Harlem/
Sheepshead Bay/Bensonhurst/Flushing/Gravesend/Far Rockaway/Hollywood/North Hollywood/Echo Park/
Koreatown/Encanto/Dundalk/Canarsie/Ridgewood/Bushwick/Sunnyside/Kings Bridge/Williamsburg/Bayside/
Coney Island/East Elmhurst/Jackson Heights/Corona/Elmhurst/Brownsville/Park Slope/Bay Ridge/
Flatlands/Harlem/Forest Hills/Rego Park/Mott Haven/Tremont/Parkchester/Morningside Heights/
Hell's Kitchen/Financial District/Cypress Hills/Dorchester/West Albany/West Hollywood/
Rowland Heights/Woodlawn/Panorama City/Sherman Oaks/Canoga Park/Boyle Heights/Reseda/Chinatown/
Northridge/Universal City/Gage Park/Back of the Yards/Belmont Cragin/Near North Side/
Lincoln Square/Logan Square/Lake View/Rogers Park/West Town/Uptown/Austin/Irving Park/Portage Park/
Englewood/North Lawndale/South Lawndale/Humboldt Park/Chatham/Auburn Gresham/West Ridge/Edgewater/
Lincoln Park/Albany Park/Brighton Park/Ashburn/South Shore/Bridgeport/Dunning/Woodside/
Saint Albans/Jamaica Estates/Midwood/Kensington/Bedford-Stuyvesant/Eltingville/Great Kills/
Willowbrook/West Bend/University City/Mira Mesa/Clairemont/Greenburgh/South Ozone Park/Ozone Park/
Briarwood/Fordham/Flatbush/Shenandoah/Allapattah/Fort Hamilton/Sunset Park/East Village/Wakefield""",
    "CN": """Puxi/Zhabei/Yunlong/Tongshan/Guli/Puyang/Huicheng/Wucheng/Datong/Fendou/Aihui/Shahecheng/Bao'an/
Luohu District/Changzheng/Xiayang/Nanqiao/Changning/Hualong/Baisha/Zhonggulou/Lizhi/Nanjin/
Shenglilu/Taibai/Pailou/Bai’anba/Nandajie/Zhoujiaba/Qinggang/Huixing/Shuanglonghu/Chengguan/
Santo António/Nossa Senhora de Fátima/São Lourenço/Shenzhen City Centre/Bao'an Centre/
Chéngguān Qū/Jiaojiang/Zhaobaoshan/Guanyin/Lidu/Shiqi/Nantou/Luoyang/Haikou/Hangu/Lianshan/
Xinjiang/Xuanhua/Yangcheng/Fenghuang/Lilianjiaqiao/Fenshui/Panshan/Tongchuanshi/Changle/Wanxian/
Dali Old Town/Xinzhi""",
}

# China: what is missing or stands under the name of a town. "Name, Province=Chinese name|English name/..."
CN = """\
Heshan, Hunan=益阳|=Yiyang; Guankou, Hunan=浏阳|=Liuyang; Changsha, Hunan=长沙;
Changsha, Guangdong=开平|=Kaiping; Changshu, Jiangsu=常熟; Pizhou, Jiangsu=邳州;
Rugao, Jiangsu=如皋; Suicheng, Jiangsu=睢宁|=Suining; Peicheng, Jiangsu=沛县|=Peixian;
Xinyi, Jiangsu=新沂; Xinghua, Jiangsu=兴化; Hulan Ergi, Heilongjiang=富拉尔基;
Bei’an, Heilongjiang=北安; Pengze, Jiangxi=彭泽; Xiantao, Hubei=仙桃; Daye, Hubei=大冶;
Jingling, Hubei=天门|=Tianmen; Zaoyang, Hubei=枣阳; Puqi, Hubei=赤壁|=Chibi; Lichuan, Hubei=利川;
Danjiangkou, Hubei=丹江口; Zhongxiang, Hubei=钟祥; Hanchuan, Hubei=汉川; Qianjiang, Hubei=潜江;
Chengzhong, Hubei=应城|=Yingcheng; Guangshui, Hubei=广水; Huangzhou, Hubei=黄州;
Xindi, Hubei=洪湖|=Honghu; Shache, Xinjiang=莎车|=Yarkant; Xincheng, Xinjiang=库车|=Kuqa;
Ghulja, Xinjiang=伊宁|=Yining; Gujangbagh, Xinjiang=和田|=Hotan/Khotan;
Kashgar, Xinjiang=喀什|Kashi; Aqsu, Xinjiang=阿克苏|=Aksu; Hami, Xinjiang=哈密|Kumul;
Jinshanlu, Xinjiang=阿勒泰|=Altay; Ālā'ĕr, Xinjiang=阿拉尔|=Alar; Xinyuan, Xinjiang=新源;
Lhoka, Tibet=山南|=Shannan; Nyingchi, Tibet=林芝|Linzhi; Rikaze, Tibet=日喀则|=Shigatse;
Qamdo, Tibet=昌都|Chamdo; Nianbo, Qinghai=海东|=Haidong; Qiaotou, Qinghai=大通;
Longshan, Jilin=辽源|=Liaoyuan; Fuyu, Jilin=扶余; Jiaohe, Jilin=蛟河; Gongzhuling, Jilin=公主岭;
Taonan, Jilin=洮南; Dalai, Jilin=大安|=Da'an; Wafangdian, Liaoning=瓦房店; Kaiyuan, Liaoning=开原;
Fengcheng, Liaoning=凤城; Haicheng, Liaoning=海城; Beipiao, Liaoning=北票;
Pulandian, Liaoning=普兰店; Xingcheng, Liaoning=兴城; Lingyuan, Liaoning=凌源;
Zhuanghe, Liaoning=庄河; Xinmin, Liaoning=新民; Sujiatun, Liaoning=苏家屯;
Jiaozhou, Shandong=胶州; Gaomi, Shandong=高密; Anqiu, Shandong=安丘; Laixi, Shandong=莱西;
Qingzhou, Shandong=青州; Xintai, Shandong=新泰; Yanzhou, Shandong=兖州; Laiyang, Shandong=莱阳;
Zhucheng, Shandong=诸城; Zhu Cheng City, Shandong=; Shouguang, Shandong=寿光;
Linqu, Shandong=临朐; Boshan, Shandong=博山; Zhoucun, Shandong=周村; Feicheng, Shandong=肥城;
Qingnian, Shandong=临清|=Linqing; Chengtangcun, Shandong=滕州|=Tengzhou;
Tianfu, Shandong=文登|=Wendeng; Dengzhou, Shandong=蓬莱|=Penglai; Yatou, Shandong=荣成|=Rongcheng;
Yidu, Shandong=; Zhaoyuan, Shandong=招远; Huayin, Shaanxi=华阴; Hancheng, Shaanxi=韩城;
Yulinshi, Shaanxi=榆林|=Yulin; Tongchuan, Shaanxi=铜川; Basuo, Hainan=东方|=Dongfang;
Nada, Hainan=儋州|=Danzhou; Wuzhishan, Hainan=五指山; Qiongshan, Hainan=琼山;
Pu'er, Yunnan=普洱|Simao; Kaiyuan, Yunnan=开远; Jianshui, Yunnan=建水;
Tengyue, Yunnan=腾冲|=Tengchong; Menghuan, Yunnan=芒市|=Mangshi; Mengmao, Yunnan=瑞丽|=Ruili;
Miyang, Yunnan=弥勒|=Mile; Haikou, Yunnan=; Xincheng, Henan=; Dengzhou, Henan=邓州;
Yuzhou, Henan=禹州; Anyang, Henan=安阳; Xuchang, Henan=许昌; Xinxiang, Henan=新乡;
Huaidian, Henan=沈丘|=Shenqiu; Chongming, =崇明; Licheng, Guangdong=增城|=Zengcheng;
Daliang, Guangdong=顺德|=Shunde; Shiqiao, Guangdong=番禺|=Panyu; Danshui, Guangdong=惠阳|=Huiyang;
Chenghua, Guangdong=澄海|=Chenghai; Donghai, Guangdong=陆丰|=Lufeng; Yangchun, Guangdong=阳春;
Huazhou, Guangdong=化州; Encheng, Guangdong=恩平|=Enping; Shaping, Guangdong=鹤山|=Heshan;
Xucheng, Guangdong=徐闻; Jieyang, Guangdong=揭阳; Longgang, Guangdong=龙岗;
Xianyang, Shaanxi=咸阳; Mianzhu, Deyang, Sichuan, Sichuan=绵竹|=Mianzhu; Jiangyou, Sichuan=江油;
Langzhong, Sichuan=阆中; Linqiong, Sichuan=邛崃|=Qionglai; Tianpeng, Sichuan=彭州|=Pengzhou;
Ziyang, Sichuan=资阳; Zitong, Chongqing=潼南|=Tongnan; Bachuan, Chongqing=铜梁|=Tongliang;
Gunan, Chongqing=綦江|=Qijiang; Bishan, Chongqing=璧山; Jijiang, Chongqing=江津|=Jiangjin;
Hanfeng, Chongqing=开州|=Kaizhou/开县; Guixi, Chongqing=垫江|=Dianjiang;
Changyuan, Chongqing=荣昌|=Rongchang; Fengcheng, Chongqing=长寿|=Changshou;
Yong’an, Chongqing=奉节|=Fengjie; Nanchuan, Chongqing=南川; Tangxiang, Chongqing=大足|=Dazu;
Beiliu, Guangxi=北流; Guiping, Guangxi=桂平; Dongxing, Guangxi=东兴; Pingxiang, Guangxi=凭祥;
Hepu, Guangxi=合浦; Tongren, Guizhou=铜仁; Liuzhi, Guizhou=六枝; Xingren, Guizhou=兴仁;
Wuxi, Hunan=祁阳|=Qiyang; Xishan, Hunan=醴陵|=Liling; Qionghu, Hunan=沅江|=Yuanjiang;
Yutan, Hunan=宁乡|=Ningxiang; Shangmei, Hunan=新化|=Xinhua; Lengshuitan, Hunan=冷水滩;
Wulingyuan, Hunan=武陵源; Gantang, Hunan=; Taozhou, Anhui=广德|=Guangde; Suzhou, Anhui=宿州;
Mingguang, Anhui=明光; Huaiyuan Chengguanzhen, Anhui=怀远|=Huaiyuan;
Mengcheng Chengguanzhen, Anhui=蒙城|=Mengcheng; Huoqiu Chengguanzhen, Anhui=霍邱|=Huoqiu;
Yingshang Chengguanzhen, Anhui=颍上|=Yingshang; Lucheng, Anhui=庐江|=Lujiang;
Jiashan, Zhejiang=嘉善; Lanxi, Zhejiang=兰溪; Fuyang, Zhejiang=富阳; Haining, Zhejiang=海宁;
Lishui, Zhejiang=丽水; Shengzhou, Zhejiang=嵊州; Changzhi, Shanxi=长治;
Linxia Chengguanzhen, Gansu=临夏|=Linxia; Laojunmiao, Gansu=玉门|=Yumen; Beidao, Gansu=麦积;
Chifeng, Inner Mongolia=赤峰; Jining, Inner Mongolia=集宁; Tongliao, Inner Mongolia=通辽;
Ordos, Inner Mongolia=鄂尔多斯; Xilinhot, Inner Mongolia=锡林浩特;
Salaqi, Inner Mongolia=土默特右旗|=Tumd Right Banner; Beichengqu, Inner Mongolia=丰镇|=Fengzhen;
Dawukou, Ningxia=大武口; Renqiu, Hebei=任丘; Jizhou, Hebei=冀州; Linshui, Hebei=;
Sanhe, Hebei=三河; Shima, Fujian=龙海|=Longhai; Songcheng, Fujian=霞浦|=Xiapu;
Putian, Fujian=莆田; Baoshan, Shanghai=宝山; Jing’an, Shanghai=静安; Pudong, Shanghai=浦东;
Fuqing, Fujian=福清; Taizhou, Jiangsu=泰州; Taizhou, Zhejiang=台州; Huilong, Jiangsu=启东|=Qidong;
Licheng, Jiangsu=溧阳|=Liyang; Zhenzhou, Jiangsu=仪征|=Yizheng; Xiannü, Jiangsu=江都|=Jiangdu;
Huayuan, Jiangxi=贵溪|=Guixi; Jianguang, Jiangxi=丰城|=Fengcheng; Hong Kong, =香港|HK/Hongkong;
Kowloon, =九龙; New Territories, =新界; Macau, =澳门|Macao; Sha Tin, =沙田; Tuen Mun, =屯门;
Tsuen Wan, =荃湾; Wan Chai, =湾仔; Sham Shui Po, =深水埗; Fanling, =粉岭; Tseung Kwan O, =将军澳;
Tin Shui Wai, =天水围; Taipa, =氹仔; Taipei, =台北; New Taipei City, =新北|=New Taipei;
Taichung, =台中; Tainan, =台南; Taitung, =台东; Hualien City, =花莲|=Hualien;
Chiayi City, =嘉义|=Chiayi; Chaozhou, =潮州镇; Datong, Shanxi=大同; Luoyang, Henan=洛阳;
Puyang, Henan=濮阳; Haikou, Hainan=海口; Puyang Chengguanzhen, Henan=; Wangqing, Jilin=汪清;
Gangu Chengguanzhen, Gansu=甘谷|=Gangu; Hanyin Chengguanzhen, Shaanxi=汉阴|=Hanyin;
Dorbod, Heilongjiang=杜尔伯特; Lianhe, Heilongjiang=; Youhao, Heilongjiang=;
Bayan Hot, Inner Mongolia=阿拉善左旗; Oroqen Zizhiqi, Inner Mongolia=鄂伦春|=Oroqen;
Xininglu, Xinjiang=独山子|=Dushanzi; Jinsha, Jiangsu=通州|=Tongzhou;
Juegang, Jiangsu=如东|=Rudong; Zhicheng, Zhejiang=长兴|=Changxing;
Chóngfú, Zhejiang=崇福|=Chongfu; Donghe, Sichuan=旺苍|=Wangcang; Fuji, Sichuan=泸县|=Luxian;
Xunchang, Sichuan=珙县|=Gongxian; Baixi, Sichuan=叙州|=Xuzhou; Hanjia, Chongqing=彭水|=Pengshui;
Zhonghe, Chongqing=秀山|=Xiushan; Zhongduo, Chongqing=酉阳|=Youyang;
Chengxiang, Chongqing=巫溪|=Wuxi; Nanbin, Chongqing=石柱|=Shizhu; Sanhe, Chongqing=丰都|=Fengdu;
Shuangfengqiao, Chongqing=; Jianchang, Jiangxi=南城|=Nancheng; Bashan, Jiangxi=崇仁|=Chongren;
Qincheng, Jiangxi=南丰|=Nanfeng; Dunhou, Jiangxi=; Aoxi, Jiangxi=乐安|=Le'an;
Xiugu, Jiangxi=金溪|=Jinxi; Fenggang, Jiangxi=宜黄|=Yihuang; Dengbu, Jiangxi=余江|=Yujiang;
Shuizhai, Guangdong=五华|=Wuhua; Hepo, Guangdong=揭西|=Jiexi; Gongheyong, Guangdong=;
Jing’an, Guangdong=斗门|=Doumen; Xigang, Ningxia=贺兰|=Helan; Yanghe, Ningxia=永宁|=Yongning;
Loushanguan, Guizhou=桐梓|=Tongzi; Wenxing, Hunan=湘阴|=Xiangyin; Yezhou, Hubei=建始|=Jianshi;
Qingquan, Hubei=浠水|=Xishui; Guozhen, Shaanxi=陈仓|=Chencang; Hanyuan, Shaanxi=宁强|=Ningqiang;
Xingguo, Gansu=秦安|=Qin'an; Yongqing, Gansu=清水|=Qingshui; Jinjiang, Hainan=澄迈|=Chengmai;
Qingyang, Shandong=福山|=Fushan; Zhuangyuan, Shandong=栖霞|=Qixia;
Xiangcheng, Yunnan=祥云|=Xiangyun; Longquan, Yunnan=易门|=Yimen;
Wenshan City, Yunnan=文山|=Wenshan; Longling County, Yunnan=龙陵|=Longling;
Pingwu County, Sichuan=平武|=Pingwu; Maqin County, Qinghai=玛沁|=Maqin;
Tsing Yi Town, =青衣|=Tsing Yi; Yuen Long San Hui, =元朗|=Yuen Long; Yuen Long Kau Hui, =;
San Tung Chung Hang, =; Sé, =; Fengxiang, Shanghai=奉贤|=Fengxian;
Doilungdêqên, Tibet=堆龙德庆; Chang-hua, =彰化|=Changhua; Changhua, =;
"""

# Elsewhere: Chinese names that GeoNames lacks or has badly, and what else people type.
OTHERS = """\
London, GB=伦敦; Paris, FR=巴黎; Tokyo, JP=东京; Yokohama, JP=横滨; Osaka, JP=大阪;
Kyoto, JP=京都; Hiroshima, JP=广岛; Nagoya, JP=名古屋; Fukuoka, JP=福冈; Sapporo, JP=札幌;
Kobe, JP=神户; Sendai, JP=仙台; Seoul, KR=首尔; Busan, KR=釜山; Incheon, KR=仁川;
Singapore, SG=新加坡; Sydney, AU=悉尼|雪梨; Melbourne, AU=墨尔本; Brisbane, AU=布里斯班;
Perth, AU=珀斯; Adelaide, AU=阿德莱德; Canberra, AU=堪培拉; Auckland, NZ=奥克兰;
Toronto, CA=多伦多; Vancouver, CA=温哥华; Montréal, CA=蒙特利尔|满地可; Ottawa, CA=渥太华;
Calgary, CA=卡尔加里; Edmonton, CA=埃德蒙顿; Berlin, DE=柏林; Munich, DE=慕尼黑; Hamburg, DE=汉堡;
Moscow, RU=莫斯科; Bangkok, TH=曼谷; Kuala Lumpur, MY=吉隆坡; Jakarta, ID=雅加达;
Manila, PH=马尼拉; Hanoi, VN=河内; Ho Chi Minh City, VN=胡志明市|Saigon/西贡; Delhi, IN=德里;
New Delhi, IN=新德里; Mumbai, IN=孟买|Bombay; Bengaluru, IN=班加罗尔|Bangalore;
Kolkata, IN=加尔各答|Calcutta; Chennai, IN=金奈|Madras; Dubai, AE=迪拜; Istanbul, TR=伊斯坦布尔;
Mexico City, MX=墨西哥城; São Paulo, BR=圣保罗; Rio de Janeiro, BR=里约热内卢; Rome, IT=罗马;
Milan, IT=米兰; Madrid, ES=马德里; Barcelona, ES=巴塞罗那; Amsterdam, NL=阿姆斯特丹;
Vienna, AT=维也纳; Zürich, CH=苏黎世; Manchester, GB=曼彻斯特; Edinburgh, GB=爱丁堡;
Birmingham, GB=伯明翰; Dublin, IE=都柏林; Köln, DE=科隆|Cologne; Leeds, GB=利兹;
Nairobi, KE=内罗毕; Ulan Bator, MN=乌兰巴托|Ulaanbaatar; Brussels, BE=布鲁塞尔;
Kinshasa, CD=金沙萨; Lagos, NG=拉各斯; Colombo, LK=科伦坡; Alexandria, EG=亚历山大;
Khabarovsk, RU=哈巴罗夫斯克|伯力; Vladivostok, RU=符拉迪沃斯托克|海参崴;
Guatemala City, GT=危地马拉城; Sevilla, ES=塞维利亚|Seville; Valencia, ES=巴伦西亚;
Nouakchott, MR=努瓦克肖特; Rabat, MA=拉巴特; Fes, MA=非斯; Yaoundé, CM=雅温得; Recife, BR=累西腓;
Mogadishu, SO=摩加迪沙; Dar es Salaam, TZ=达累斯萨拉姆; Abidjan, CI=阿比让;
Pretoria, ZA=比勒陀利亚; Pune, IN=浦那; Ahmedabad, IN=艾哈迈达巴德; Yerevan, AM=埃里温;
Sarajevo, BA=萨拉热窝; Halifax, CA=哈利法克斯; Luxor, EG=卢克索; Djibouti, DJ=吉布提;
Kigali, RW=基加利; Daegu, KR=大邱; Gwangju, KR=光州; Erbil, IQ=埃尔比勒;
Santiago de los Caballeros, DO=圣地亚哥; Daejeon, KR=大田; Freetown, SL=弗里敦;
Hamamatsu, JP=滨松; Saitama, JP=埼玉; Niigata, JP=新潟; Sakai, JP=堺; Cebu City, PH=宿务|Cebu;
Tegucigalpa, HN=特古西加尔巴; Montevideo, UY=蒙得维的亚; Cotonou, BJ=科托努; Tangier, MA=丹吉尔;
Gqeberha, ZA=伊丽莎白港|Port Elizabeth; Dnipro, UA=第聂伯;
Thiruvananthapuram, IN=特里凡得琅|Trivandrum; Nizhniy Novgorod, RU=下诺夫哥罗德;
Krasnoyarsk, RU=克拉斯诺亚尔斯克; Sharjah, AE=沙迦; Giza, EG=吉萨; Naples, IT=那不勒斯;
Frankfurt am Main, DE=法兰克福|Frankfurt; Kyiv, UA=基辅|Kiev; Yangon, MM=仰光|Rangoon;
"""

# English names of Chinese cities that older books, maps and people still use.
OLDER = {
    "北京": "Peking",
    "广州": "Canton/Kwangchow",
    "南京": "Nanking",
    "苏州": "Soochow",
    "重庆": "Chungking",
    "天津": "Tientsin",
    "青岛": "Tsingtao",
    "厦门": "Amoy",
    "西安": "Sian",
    "大连": "Dairen",
    "沈阳": "Mukden",
    "杭州": "Hangchow",
    "成都": "Chengtu",
    "呼和浩特": "Huhehaote",
    "哈尔滨": "Haerbin",
    "乌鲁木齐": "Urumqi/Wulumuqi",
    "拉萨": "Lasa",
    "上海": "SH/魔都/沪",
}

# Towns with a county or a county-level city around them whose Chinese name GeoNames holds without its kind.
SEATS = set(
    "温岭 双辽 梅河口 磐石 舒兰 图们 临江 富锦 南宫 新乐 洪江 安陆 凌海 巩义 禹州 宁海 德清 仙居 邵武 "
    "连城 平南 阳谷 巨野 定陶 昌黎 泊头 丰润 房山 昌平 良乡 武隆 江北 临潼 阎良 余姚 诸暨 桐庐 嘉善 "
    "安图 集贤 宝清 九台 德惠 榆树 桦甸 龙井 珲春 呼兰 肇源 漯河 永善 汝南 襄城 潢川 方城 唐河 廉江 "
    "信宜 临泉 濉溪 兴化 高邮 泰兴 姜堰 仪征 海州 南溪 长宁 纳溪 阳朔 桂平 上思 博兴 平度 荣昌 青阳 "
    "岫岩 开通 镇赉 东丰".split()
)
