/// 2000 given names of 20 languages, drawn with a seed from Faker 40.63 (MIT licence, Copyright (c) 2012 Daniele Faraglia and
/// contributors), which is not what the table was made of: each is a woman's or a man's in its language alone.
enum IndependentNames {
    /// A language, its women's names and its men's.
    static let lists: [(language: String, women: String, men: String)] = [
        (
            "en",
            """
            ABIGAIL ALYSSA ARIEL AUTUMN BAILEY BELINDA BREANNA BRENDA BRIDGET CARRIE CASSIDY CHARLOTTE COURTNEY
            DEANNA DIAMOND DIANA DOMINIQUE EILEEN FAITH HAILEY HAYLEY ISABEL JEANNE JILLIAN JOCELYN JODY JUDITH
            KAITLYN KARA KARI KENDRA KRISTIE MALLORY MORGAN PATRICIA RHONDA ROBIN SABRINA SANDRA SARA SHIRLEY
            SIERRA SOPHIA STEPHANIE SYDNEY TAMI TANYA TASHA TIFFANY WANDA
            """,
            """
            ADRIAN ALLEN ANDRES BERNARD BRAD BRENT BRETT CALVIN CARL CLIFFORD DAMON DARREN DARRYL DUSTIN EDWARD
            ELIJAH ERIC EVAN GARY GEOFFREY GERALD GILBERT HARRY HOWARD ISAAC JACK JACOB JEREMIAH JON KEVIN
            KRISTOPHER MANUEL MARCO MARVIN MASON MICHEAL NORMAN OSCAR PAUL PEDRO RANDALL RAY RICHARD RICK ROBERT
            RONNIE RYAN TERRANCE THEODORE TODD
            """
        ),
        (
            "fr",
            """
            ADRIENNE AGNÈS ALEXANDRIA ALIX AMÉLIE ANOUK ASTRID BRIGITTE CAMILLE CAPUCINE CAROLINE CLAIRE
            CLÉMENCE CONSTANCE CORINNE CÉCILE CÉLINA DANIELLE DENISE EMMANUELLE GENEVIÈVE HENRIETTE HÉLÈNE
            JACQUELINE JEANNINE JOSETTE JOSÉPHINE JULIE LAURE LOUISE LUCE LUCIE LUCY MAGGIE MARCELLE MARGARET
            MARIANNE MARTHE MICHÈLE MONIQUE ODETTE OLIVIE PATRICIA PAULINE SUSAN THÉRÈSE VÉRONIQUE ÉLODIE
            ÉLÉONORE ÉMILIE
            """,
            """
            AIMÉ ALAIN ALFRED ALPHONSE ANDRÉ ARTHUR AUGUSTIN BENJAMIN BENOÎT DAVID DENIS EMMANUEL FRANÇOIS
            FRÉDÉRIC GABRIEL GILBERT GRÉGOIRE GUY GÉRARD HENRI HUGUES ISAAC JOSEPH JULES JÉRÔME LOUIS LUC MARCEL
            MARTIN MATTHIEU MICHEL NOËL PATRICK PAUL PHILIPPE PIERRE RENÉ RICHARD ROBERT ROLAND STÉPHANE
            THIBAULT THIERRY THOMAS TIMOTHÉE VINCENT XAVIER YVES ZACHARIE ÉDOUARD
            """
        ),
        (
            "de",
            """
            ADRIANA ADRIANE ANGELICA ANNELENE ARZU BIANKA CATHARINA CHRISTA CHRISTINE DAMARIS DONATA EDDA ELISA
            ERICA ERNA ESTHER EUGENIE FELIZITAS FILIZ FRANCOISE GILDA GIUSEPPINA HEDWIG HEIDELINDE HILDBURG IMKE
            JESSICA JESSIKA JULIANA KARIN KAROLIN KATJA LIESCHEN LISBETH LUDWINA MARGARETA MARGRIT MARIANA
            MARITA MATHILDE MILICA OLENA REBEKKA ROSALIA ROTRAUT SENTA SOFIA SOLVEIG SOPHIA SUSE
            """,
            """
            ADRIAN ALEXANDER ALF ANDREI ANDREW ANDRÉ ATHANASIOS BALTHASAR CARLOS CENGIZ DAMIAN DAN DIETHER
            DIMITRIOS ECKHARD ERCAN ERDAL FRANCO GEERT GEREON GIORGIO GUNTER HANSGEORG HENRYK IMMO JURI
            KARLFRIED KASPAR KEVIN KLAUS KUNO MARK MICHAIL NICK NIKO PAVEL RAINER REINHARD RICHARD SAHIN SERGEJ
            SIEGMAR SIEGWARD THEO VITTORIO VLADIMIR WALTHER WIELAND ZEKI ZOLTAN
            """
        ),
        (
            "es",
            """
            ABRIL ADORA ADRIANA AINARA AITANA ALBA AMANDA ANGÉLICA ASUNCIÓN AURELIA AZAHARA AZUCENA BERNARDA
            BERTA CAROLINA CELESTINA CRISTINA DALILA DOLORES ESTELA ETELVINA EUFEMIA EUGENIA EUSEBIA FLOR
            FORTUNATA GENOVEVA IGNACIA ISAURA JORDANA LEONOR LOURDES LUISINA MAMEN MARIANA MARICRUZ MAURA
            MELANIA MICAELA MONTSERRAT NOA NURIA PACA PACÍFICA PASTORA PRIMITIVA PRUDENCIA REINA TANIA ÁFRICA
            """,
            """
            AITOR ALONSO ANASTASIO ANDRÉS ANTONIO BENJAMÍN CECILIO DIONISIO DOMINGO EDMUNDO EFRAÍN ELPIDIO
            FABIÁN FERNANDO FORTUNATO FRANCISCO GABINO GASPAR GASTÓN GODOFREDO HERACLIO HERMENEGILDO IVÁN JAVI
            JOEL JORGE LEONCIO LUCIANO MAXIMINO MOHAMED NANDO NATANAEL PATRICIO PRUDENCIO RAFA REYNALDO RICO
            RUPERTO SATURNINO SEVERIANO SILVESTRE SILVIO TIMOTEO TOÑO URBANO VALENTÍN VASCO VINICIO ÁLVARO ÁNGEL
            """
        ),
        (
            "it",
            """
            ADELE ADRIANA ALINA AMANDA ANNETTA ANTONIA BETTINA BIANCA CARLA CECILIA DINA ELVIRA EVANGELISTA
            FABIA FRANCESCA GELSOMINA GIANNA GIORGIA GLORIA GRECA GRISELDA ILARIA LAURETTA LIANA LILLA LINA
            LUDOVICA LUIGINA MARCELLA MARISA MARTINA MATILDA MELANIA MELISSA MERCEDES NATALIA NINA NINETTA PAOLA
            PATRIZIA PIERINA PRISCILLA RAFFAELLA RITA ROSARIA STEFANI STELLA SYLVIA VANESSA VIRGINIA
            """,
            """
            ADRIANO ALESSANDRO ALESSIO ALPHONS ANTONIO ARMANDO ARNALDO BENITO DANTE DARIO DELFINO DINO EDOARDO
            ENRICO FERDINANDO FIORINO FRANCO GASPARE GIAMPAOLO GIAN GIANNI GIORGIO GIOVANNI GIROLAMO GUIDO HUGO
            IVO LANDO LAUREANO LAZZARO LEONARDO LUCA LUCIANO MARCO MARIANO MAURO NICCOLÒ ORESTE ORLANDO PANFILO
            PARIDE PELLEGRINO PIERO PIERPAOLO POMPEO RUGGERO RUGGIERO SILVESTRO TONI VITTORIO
            """
        ),
        (
            "pt",
            """
            ALEXANDRA ALÍCIA ANA BENEDITA BIANCA CARLOTA CAROLINA DÉBORA EDUARDA EMA EMÍLIA EVA FABIANA FILIPA
            FLOR FRANCISCA GABRIELA IARA INÊS IRINA KELLY KYARA LEONOR LETÍCIA LIA LUNA MADALENA MAFALDA MARA
            MARGARIDA MARTA MIRIAM NÁDIA NÚRIA PATRÍCIA RAFAELA RAQUEL RENATA RITA SALOMÉ SARA SOFIA TATIANA
            TERESA VALENTINA VERA VICTÓRIA VITÓRIA YARA ÉRICA
            """,
            """
            AFONSO BERNARDO BRIAN BRUNO CÉSAR DANIEL DENIS DIEGO DIOGO EDUARDO EMANUEL FREDERICO GABRIEL GIL
            GONÇALO GUSTAVO HENRIQUE HUGO ISMAEL JOAQUIM JOEL JORGE JOÃO KÉVIM LEANDRO LISANDRO LOURENÇO LUCA
            LUCAS MATEUS MATIAS MAURO MICAEL MÁRIO NOAH RICARDO RODRIGO RÚBEN SANDRO SEBASTIÃO SIMÃO SÉRGIO
            TOMÁS VALENTIM VASCO WILLIAM WILSON XAVIER ÁLVARO ÂNGELO
            """
        ),
        (
            "nl",
            """
            AALIYAH AIMÉE AMBER AMY AYA AZRA BENTE BENTHE BO BRITT CATO DANIQUE DINA ELENA ELIZABETH EVA EVELIEN
            EVIE EVY FEMKE FENNE FIENE GUUSJE HAILEY ISABELLA ISABELLE ISE IVY JANNA JENNIFER JET JOY KATE KIKI
            KYARA KYRA LEAH LISANNE MARIT MAYA MEREL NISA NORA PLEUN QUINTY ROSALIE SANNE SARAH SELENA VERA
            """,
            """
            ARIE ARON ARTHUR AYOUB BEN BOAZ BRIAN BRYAN CORNELIS DANI DIRK DYLANO ELIAS FEDDE GERRIT HAMZA HUGO
            JACK JAKE JAN JASON JENS JESPER JOEY JOHANNES JOSHUA JOËL JUSTIN KAI KAY KICK LEVI LEX LIAM MATS
            MATTHIAS MICHA MICHAEL NICK NOUT OLIVIER PHILIP RAFAEL SANDER SEP SETH SIMON THIJN TIJS WOUTER
            """
        ),
        (
            "sv",
            """
            AGNES ALVA AMANDA ANGELA ANGELIKA ANGELINA ANNETTE ANTONIA ASTRID AURORA BEATA BRITTA CECILIA
            CHARLOTTA ELSIE EMELIE EMILIA ERICA GRETA GUNNEL HILLEVI HJÖRDIS INA ISA JOLINE KAARINA KATJA LILLY
            LINN LISBETH LOVA MAJVOR MALGORZATA MARLENE MARY MAYA MONA MÄRTHA NADJA NINA NOVA ROSITA SIGNE
            STELLA SUSANNA TERESE THERESE TILDE VERONICA YVONNE
            """,
            """
            ALGOT ALVE AMADEUS AMIR ANDRES ANTERO ARTHUR AXEL BIRGER CHRISTER DOUGLAS EDDIE ELIS EMANUEL EVERT
            FRED GUSTAF HAMID IAN JARI JIMMY JUAN KRISTOFER LEO LOUIE LOVE MARIO MATHIAS MATTEO MATTIAS MELWIN
            MORGAN NEO NIKLAS PATRIK PIERRE RAGNAR REINHOLD RICHARD RIKARD RONNIE STEFAN TIM TOMAS TONI VALENTIN
            VIKING VILGOT VILMER YUSUF
            """
        ),
        (
            "nb",
            """
            ANETTE ANN ASTRID AUD BENTE BERIT BRITT CAMILLA CATHRINE ELIN EMMA EVA GERD GRETE GRETHE GRO HANNE
            HEGE HILDE INGEBORG INGER IRENE JENNY KAROLINE KIRSTEN KJERSTI KRISTIN KRISTINE LINDA LINE LINN
            MAREN MARIANNE METTE NINA NORA RAGNHILD RITA RUTH SARA SILJE SIV SOFIE STINE TONE TORILL TOVE UNNI
            VILDE ÅSE
            """,
            """
            ALEXANDER ALF ANDREAS ARILD ASBJØRN CHRISTIAN DAG EINAR EMIL ERLING FINN FRANK FREDRIK FRODE GEIR
            GUNNAR HANS HENRIK IVAR JENS JOHANNES JON KARL KENNETH KJELL KJETIL KRISTIAN KRISTOFFER KÅRE LEIF
            MAGNUS MARIUS MARKUS MARTIN NILS OLA OLAV OLE ROAR ROY SANDER SIGURD STEINAR STIAN SVEIN TERJE TOM
            TROND ØYSTEIN ØYVIND
            """
        ),
        (
            "da",
            """
            AGNES ALMA BENEDICTE BERIT BIRTE BITTEN BODIL BRITTA CATHRINE CATRINE CONNIE CONNY DAGNY ELIN ELLA
            ELSE GURLI JOSEPHINE KIRSTIN KRISTINE MAYA MERETHE MICHELLE NADIA NANNA NINA NORA OLIVIA PATRICIA
            RITT SARA SELMA SILLE SOFIE SONJA STINA STINE SUSSANNE SØS TAMMY TILDE TINE TRINE VERA VIVIAN WEENA
            WINNIE XENIA YRSA ZELMA
            """,
            """
            ASGER BERTIL BERTRAM BJARNE CARSTEN DANIEL FINN FRANS GERT HANS HUGO IB IVER JACOB JOACHIM JOHAN
            JOHNNIE JØRGEN KASPAR KIM KLAVS LARS LAUS LAUST LUCAS LUDVIG MARIUS MICHAEL NICOLAI NOAH OLIVER
            OSKAR OSVALD OVE PAUL PHILIP ROBERT ROLF RONNI RUBEN RUNE SONNY STEVEN TROELS VICTOR YAN YNGVE
            ÅBJØRN ØRNI ØYVIND
            """
        ),
        (
            "fi",
            """
            AILI AINO AMANDA ANNE ANU AUNE ELIISA ELINA ELISABET ELISABETH ELLA ELLI EMILIA ERIKA ESSI IDA IIDA
            ILONA INKERI IRENE IRJA JAANA KAARINA KAISA KATI KATJA KATRIINA KRISTA KYLLIKKI LAURA LEENA MAARIA
            MARI MARIA MARIANNE MARITTA MARJATTA MARJUT MERJA NOORA OUTI PAULA SATU SIIRI SIRKKA SIRPA SISKO
            TAINA TERTTU TUIJA
            """,
            """
            AARON AIMO AKSELI ALLAN ANTERO ANTON ATTE AULIS CHRISTIAN DANIEL EERIK ELIAS ERKKI ESA HENRI HENRIK
            HENRY ILKKA ILMARI JALMARI JARMO JARNO JESSE JOONAS JOONATAN JOUKO JUHO KARI KEIJO LASSE LEEVI LEO
            MIKA MIRO NIILO OLAVI OSKARI PAAVO PEKKA PETRI ROOPE SAKARI SANTERI TERO TUOMAS TUOMO TUUKKA VEIJO
            VELI VÄINÖ
            """
        ),
        (
            "pl",
            """
            ADA ADRIANNA AGNIESZKA ANASTAZJA ANGELIKA ANIELA ANITA APOLONIA AURELIA BIANKA BLANKA DAGMARA DOROTA
            ELIZA ELŻBIETA EWA EWELINA IDA INGA JANINA JULIANNA JULITA JUSTYNA KAJA KALINA KARINA KLARA KORNELIA
            KRYSTYNA LIDIA LIWIA MALWINA MARCELINA MARIANNA MARIKA MELANIA MONIKA NATASZA NELA NICOLE OLGA
            ROKSANA ROZALIA RÓŻA SANDRA SARA SONIA SYLWIA TOLA URSZULA
            """,
            """
            ADAM ADRIAN ALAN ALBERT ALEX ARKADIUSZ BARTEK BORYS CYPRIAN DARIUSZ ERNEST ERYK GUSTAW HUBERT IGNACY
            JACEK JAN JEREMI JULIUSZ JĘDRZEJ KACPER KAJETAN KAMIL KAROL KONSTANTY KRZYSZTOF LEON LEONARD MACIEJ
            MARCEL MAREK MATEUSZ MICHAŁ MIKOŁAJ NIKODEM NORBERT OLGIERD PATRYK PAWEŁ PIOTR RADOSŁAW ROBERT
            RYSZARD STANISŁAW STEFAN SZYMON TADEUSZ TOBIASZ TYMOTEUSZ WITOLD
            """
        ),
        (
            "cs",
            """
            ALICE ANDREA BARBORA BOHUMILA DANA DANIELA DENISA DRAHOMÍRA DRAHOSLAVA EVA FRANTIŠKA GABRIELA HANA
            HEDVIKA HELENA ILONA IRENA IVA JANA JINDŘIŠKA JOHANA JOLANA JULIE KAMILA KAROLÍNA KLAUDIE KRISTÝNA
            KVĚTA LADA LADISLAVA LUCIE MAHULENA MARCELA MARIE MICHAELA MÁRIA NELA NINA NORA OLIVIE PETRA RENÁTA
            ROMANA SILVIE SVĚTLANA VLADIMÍRA ZDEŇKA ZDISLAVA ZORA ZUZANA
            """,
            """
            ADAM ALBERT ARTUR BEDŘICH BLAHOSLAV BOLESLAV BOŘIVOJ CTIBOR CTIRAD DANIEL DENIS DOBROSLAV DOMINIK
            DUŠAN EMIL FRANTIŠEK HORYMÍR IGNÁC IGOR IVAN JAKUB JAROMÍR JINDŘICH KAMIL KAREL KLEMENT LIBOR
            LUBOMÍR LUKÁŠ LUMÍR MATYÁŠ MATĚJ MICHAEL MICHAL MIKULÁŠ MOJMÍR OLDŘICH OTO PETER PETR PŘEMYSL RADIM
            RENÉ ROBERT ROMAN SAMUEL VASYL VIKTOR VÁCLAV ŠTEFAN
            """
        ),
        (
            "hu",
            """
            ADRIENN ANDREA ANIKÓ ANITA ANNA ANNAMÁRIA BARBARA BEATRIX BERNADETT BEÁTA CSILLA DIÁNA DORINA ENIKŐ
            ERIKA ERZSÉBET ETELKA FANNI GIZELLA GRÉTA GYÖNGYI HENRIETTA IBOLYA ILONA JUDIT KINGA KITTI KLAUDIA
            KLÁRA LAURA LILLA LUCA MAGDOLNA MARIANN NIKOLETT NIKOLETTA NOÉMI ORSOLYA PETRA RENÁTA RÓZA TERÉZ
            TÍMEA TÜNDE VALÉRIA VIRÁG VIVIEN ZITA ZSANETT ZSÓFIA
            """,
            """
            ANTAL ATTILA BALÁZS BARNA BARNABÁS BENEDEK BENJÁMIN BOTOND BÁLINT BÉLA CSONGOR DEZSŐ DOMINIK DÁNIEL
            EMIL GYULA GÁBOR HENRIK IVÁN JÁNOS JÓZSEF KRISZTIÁN KÁROLY LAJOS LEVENTE LÁSZLÓ MIHÁLY MIKLÓS MILÁN
            MÁRTON MÁTYÁS MÁTÉ NOEL NORBERT PÉTER RUDOLF RÓBERT SZABOLCS SÁNDOR TAMÁS TIBOR TIVADAR VILMOS ZALÁN
            ZOLTÁN ZSIGMOND ZSOLT ZSOMBOR ÁBEL ÁKOS
            """
        ),
        (
            "ro",
            """
            ADELA AGLAIA AGRIPINA ALBERTA ANCUȚA ANDREEA ANGHELINA ANTONIA ARINA ARISTIȚA ATENA CATINCA CĂTĂLINA
            DALIA DARIANA DIDA EFTIMIA ELIZA EMILIA FABIA FELICIA FIONA FLORICA HERACLEEA ICA IONELIA LIA LIOARA
            LIVIA LUCIANA LUDOVICA MIRONA MĂLINA NATAȘA OLIMPIA RALUCA ROBERTINA RODICA ROZA SABRINA SILVIA
            SMARANDA SONIA STELUȚA VANESA VIORELA VIRGINIA ZARAZA ZENOBIA ZENOVIA
            """,
            """
            ADI ALIN ANATOLIE ANGEL ANTONIE ANTONIU AUREL AVRAM CAIUS CODIN CONSTANTIN CRIN CRISTEA CĂTĂLIN
            DOREL DRAGOȘ EDUARD EMANUEL EUGEN FLORIAN FLORIN GABRIEL GICU HOREA IANCU ILIE IOAN IONEL JEAN
            LAURENȚIU LAURIAN LEORDEAN MARCU MATEI MIRCEA MIRON MITRUȚ MUGUR NICHIFOR NICULIȚĂ NORBERT OLIVIU
            RELU ROMULUS RĂZVAN STAN VASILE VLAD ZAMFIR ZENO
            """
        ),
        (
            "hr",
            """
            ANICA ANKICA ANĐA BARA BARICA BISERKA BOŽENA BRANKA DORA DRAGA EMA FRANCISKA FUMA HANA IVANA JANA
            JANJA KATA KATICA KRISTINA LARA LAURA LORENA MAJA MANDA MARE MARICA MARINA MARTA MARTINA MATEA
            MATEJA MILKA MIRA MIRJANA NADA NATAŠA NIKA NINA PETRA RENATA RUŽICA SANDRA SARA STANA TATJANA
            TEREZIJA VERONIKA ZDENKA ZORA
            """,
            """
            ALEN ANDRIJA ANTO BOŽO DALIBOR DARIO DARKO DAVOR DEJAN DINO DOMINIK DRAGUTIN DRAŽEN ERIK FRAN GORAN
            HRVOJE IGOR IVICA JAKOV JOZO KRISTIJAN LOVRE MARIJAN MARTIN MATE MATEO MIJO MIRKO MIROSLAV MISLAV
            NIKO NIKŠA PATRIK ROBERT ROKO RUDOLF SAŠA SLAVKO STJEPAN TOMO VALTER VEDRAN VIKTOR VLADIMIR VLADO
            ZLATKO ZVONKO ĐURO ŠIME
            """
        ),
        (
            "et",
            """
            AINO ALEKSANDRA ANNA ANNE ANNELI ANU DIANA ELENA ENE EVE GALINA IRINA JEKATERINA JELENA JULIA KADRI
            KATRIN KRISTI KRISTIINA KRISTINA LAURA LINDA LJUBOV LJUDMILA MAIE MALLE MARE MARIA MARIKA MARINA
            MERIKE NADEŽDA NATALIA NATALJA NIINA NINA OLGA PIRET REET RIINA SIRJE SVETLANA TAMARA TATIANA TIINA
            TIIU TRIIN VALENTINA VIKTORIA ÜLLE
            """,
            """
            AIVAR ALEKSANDER ALEKSANDR ALEKSEI ALEXANDER ANDREI ANDRES ANDRUS ANTS ARTUR DMITRI IGOR INDREK IVAN
            JAAN JAANUS JEVGENI JURI JÜRI KRISTJAN MAKSIM MAREK MARGUS MARKO MARTIN MATI MEELIS MIHHAIL MIHKEL
            NIKOLAI OLEG PAVEL PEETER PRIIT RAIVO REIN ROMAN SANDER SERGEI SERGEY SIIM TARMO TIIT TOOMAS TÕNU
            URMAS VALERI VELLO VIKTOR VLADIMIR
            """
        ),
        (
            "sl",
            """
            ADRIJANA ALEKSANDRA ANICA ANKA BARBARA BERNARDA BRANKA CVETKA DANIELA DANIJELA DARJA EMA ERIKA
            HEDVIKA IRIS IRMA JASMINA JELENA JERICA JOŽICA JULIJA KATJA LIDIJA LILIJANA LJUBICA MAGDA MAJA
            MARINKA MARTA MARUŠA MATILDA MIROSLAVA NADA NASTJA NATALIJA NEJA NIKA NIVES NUŠA POLONA POLONCA
            ROMANA SUZANA TAMARA TANJA TEA VALERIJA ZOFIJA ZORA ŠTEFANIJA
            """,
            """
            ALEKS ALEKSANDAR ALEN ALJAŽ ANDREJ ANEJ BOGDAN BOGOMIR BRANKO DAMJAN DANIEL DOMINIK DRAGAN DRAGO
            DUŠAN ERIK ERVIN FELIKS GORAZD HASAN IGOR IZIDOR JAKA JANEZ JANI JASMIN JERNEJ JOŽEF KRISTJAN
            LADISLAV LEON MAKS MARIJAN MARK MATEVŽ PETER RAFAEL RUDOLF SANDI SEBASTIJAN SEBASTJAN SLOBODAN
            SREČKO TIM TIMOTEJ VIKTOR VINCENC ZDENKO ZDRAVKO ZVONKO
            """
        ),
        (
            "lv",
            """
            AINA AMĀLIJA ANETE ANTOŅINA BERTA BIRUTA DACE DOROTEJA DZINTRA ELVĪRA ELĪNA EMMA EMĪLIJA ERNA EVA
            EVIJA GRIETA GRĒTA HELĒNA IEVA ILGA ILZE INGRĪDA INTA IRMA JANA KARINA KARLĪNA LAILA LIDIJA LIENE
            LIGITA MADE MARGRIETA MARIJA MINNA MONIKA OLGA OTĪLIJA PAULA RUTE SAMANTA SANDRA SANTA SARMĪTE
            SINTIJA TEKLA TRĪNE VALIJA ZANE
            """,
            """
            AGRIS AIGARS AIVARS ALDIS ALEKSANDRS ANDREŠS ANDRIS ANSIS ARTŪRS BĒRTULIS DZINTARS DĀVIS EDGARS
            EDUARDS EGILS ELMĀRS ELVIS ERNESTS HARIJS IMANTS IVO JANIS JĀNIS JĀZEPS JĒKAUBS JŪLIJS KRISTAPS
            KRISTS KĀRLIS LAIMONIS LAURIS MAREKS MODRIS MĀRIS NIKS OTO OĻĢERTS REINIS ROBERTS SANDIS TENIS
            TEODORS VIESTURS VIĻUMS VOLDEMĀRS ZIEDONIS ĀDOLFS ĒRIKS ĢEDERTS ŽANIS
            """
        ),
        (
            "sk",
            """
            ADRIÁNA AGÁTA AIKO ALANA ALENA ALEXANDRA ALOJZIA ANDREA BEÁTA BRANISLAVA BRIGITA DIANA DOBROSLAVA
            DRAHOSLAVA ELISA ESTERA GIZELA HENRIETA IDA IRMA JULIANA JÚLIA KAROLÍNA KRISTÍNA KVETOSLAVA LAURA
            LINDA MARCELA MARGITA MARIANNA MICHAELA MONIKA OLÍVIA PATRÍCIA RUŽENA SASKIA SOFIA TAMARA THEODORA
            VIKTÓRIA VIOLA ZARA ZDENKA ZOJA ZUZANA ĽUBOSLAVA ĽUDMILA ŠARLOTA ŽELMÍRA ŽOFIA
            """,
            """
            ALAN ALEX ALEXANDER ALFRÉD ANDREJ ARNOLD ARPÁD ATILA AUGUSTÍN BOHDAN BOHUMIL BRANISLAV CYRIL DENIS
            DOBROSLAV FRANTIŠEK GAŠPAR GUSTÁV IGNÁC IGOR JAROMÍR JÁN KAZIMÍR LIBOR MARIÁN MATEJ MATÚŠ MILOSLAV
            NATHAN OLDRICH ONDREJ PATRIK PAVOL PRAVOSLAV RADÚZ RUDOLF SVÄTOPLUK TICHOMÍR VASIL VIKTOR VLADIMÍR
            VOJTECH VRATISLAV VRATKO VÍT ZOLTÁN ĽUBOR ĽUDOMIL ĽUDOVÍT ŠTEFAN
            """
        ),
    ]
    /// 600 more, drawn likewise, in their own scripts.
    static let ownScripts: [(language: String, women: String, men: String)] = [
        (
            "el",
            """
            ΑΓΝΉ ΑΔΑΜΑΝΤΊΑ ΑΛΕΞΆΝΔΡΑ ΑΛΚΙΝΌΗ ΑΜΒΡΟΣΊΑ ΑΡΓΥΡΏ ΑΣΤΈΡΩ ΒΆΓΙΑ ΒΈΡΑ ΒΑΣΙΛΙΚΉ ΓΑΛΉΝΗ ΓΡΑΜΜΑΤΙΚΉ
            ΔΈΣΠΟΙΝΑ ΕΛΕΟΝΌΡΑ ΕΛΠΊΔΑ ΕΥΔΟΚΊΑ ΕΥΘΥΜΊΑ ΖΑΜΠΊΑ ΖΑΦΕΙΡΊΑ ΖΗΣΟΎΛΑ ΗΏ ΘΕΜΙΣΤΌΚΛΕΙΑ ΚΑΛΛΊΝΙΚΗ
            ΚΛΗΜΕΝΤΊΝΗ ΚΥΒΈΛΗ ΚΥΔΩΝΊΑ ΜΑΚΡΊΝΑ ΜΑΡΊΑ ΜΑΡΊΝΑ ΜΑΡΓΙΈΤΤΑ ΝΑΤΑΛΊΝΑ ΞΑΝΘΉ ΠΑΝΑΓΙΏΤΑ ΠΑΤΑΠΊΑ ΠΕΛΑΓΊΑ
            ΠΟΛΎΒΙΑ ΡΑΛΛΊΑ ΣΑΒΒΟΎΛΑ ΣΠΆΡΤΗ ΣΤΈΛΛΑ ΣΤΕΡΓΙΑΝΉ ΣΩΖΟΎΣΑ ΤΑΞΙΑΡΧΊΑ ΥΑΚΊΝΘΗ ΦΑΝΟΥΡΊΑ ΦΡΕΙΔΕΡΊΚΗ
            ΦΩΤΕΙΝΉ ΧΑΡΑΛΑΜΠΊΑ ΧΡΙΣΤΟΔΟΎΛΑ ΧΡΥΣΉ
            """,
            """
            ΈΚΤΟΡΑΣ ΌΜΗΡΟΣ ΑΓΗΣΊΛΑΟΣ ΑΜΒΡΌΣΙΟΣ ΑΝΑΓΝΏΣΤΗΣ ΑΝΤΎΠΑΣ ΑΡΓΎΡΙΟΣ ΑΡΙΣΤΌΒΟΥΛΟΣ ΑΡΤΈΜΙΟΣ ΒΑΣΊΛΕΙΟΣ
            ΒΕΛΙΣΣΆΡΙΟΣ ΒΕΝΙΑΜΊΝ ΒΙΚΈΝΤΙΟΣ ΒΡΑΣΊΔΑΣ ΓΙΆΝΝΗΣ ΓΚΊΚΑΣ ΔΗΜΉΤΡΗΣ ΔΗΜΟΣΘΈΝΗΣ ΔΩΡΌΘΕΟΣ ΕΡΜΌΛΑΟΣ
            ΕΥΆΓΓΕΛΟΣ ΗΡΌΔΟΤΟΣ ΘΕΌΔΩΡΟΣ ΘΕΜΙΣΤΟΚΛΉΣ ΘΕΟΦΎΛΑΚΤΟΣ ΙΆΣΩΝ ΚΟΣΜΆΣ ΛΎΣΑΝΔΡΟΣ ΛΑΥΡΈΝΤΙΟΣ ΛΕΟΝΆΡΔΟΣ
            ΜΑΡΊΝΟΣ ΜΑΥΡΟΕΙΔΉΣ ΜΕΘΌΔΙΟΣ ΜΕΡΚΟΎΡΙΟΣ ΜΙΚΈΣ ΝΈΑΡΧΟΣ ΝΕΚΤΆΡΙΟΣ ΠΆΡΙΣ ΠΈΤΡΟΣ ΠΑΝΤΕΛΕΉΜΩΝ ΠΥΘΑΓΌΡΑΣ
            ΡΑΦΑΉΛ ΡΑΧΉΛ ΡΟΔΌΦΛΟΣ ΣΟΦΟΚΛΉΣ ΣΠΉΛΙΟΣ ΣΤΈΛΛΙΟΣ ΣΤΑΎΡΟΣ ΤΊΜΩΝ ΧΡΉΣΤΟΣ
            """
        ),
        (
            "ru",
            """
            АЛЕВТИНА АЛЕКСАНДРА АЛЛА АНАСТАСИЯ АНЖЕЛА АНЖЕЛИКА АННА ВАЛЕНТИНА ВАЛЕРИЯ ВАСИЛИСА ВЕРОНИКА ВИКТОРИЯ
            ГАЛИНА ГЛАФИРА ЕВПРАКСИЯ ЕВФРОСИНИЯ ЕКАТЕРИНА ЕЛИЗАВЕТА ЗИНАИДА ЗОЯ ИВАННА ИРИНА ИЯ КЛАВДИЯ КСЕНИЯ
            ЛАРИСА ЛУКИЯ ЛЮБОВЬ МАРИНА МАРФА НАДЕЖДА НАИНА НАТАЛЬЯ НИНЕЛЬ ОКСАНА ОЛИМПИАДА ОЛЬГА ПЕЛАГЕЯ ПОЛИНА
            РАИСА РЕГИНА СВЕТЛАНА СИНКЛИТИКИЯ СОФИЯ ТАТЬЯНА УЛЬЯНА ФАИНА ФЕВРОНИЯ ЭЛЕОНОРА ЮЛИЯ
            """,
            """
            АВКСЕНТИЙ АДАМ АНДРЕЙ АРЕФИЙ АРСЕНИЙ АРХИП БРОНИСЛАВ БУДИМИР ВАЛЕРЬЯН ВЕЛИМИР ВЕНИАМИН ГЕННАДИЙ
            ГОРДЕЙ ГРЕМИСЛАВ ДАНИЛА ДЕМЕНТИЙ ДОРОФЕЙ ЕВГРАФ ЕВЛАМПИЙ ЕЛИЗАР ЕФРЕМ ИЛАРИОН ИОСИФ ИПАТ ИППОЛИТ
            КОНДРАТИЙ ЛАЗАРЬ ЛЕВ МАКСИМИЛЬЯН МАРТЫН НИКАНДР ПАВЕЛ ПАНКРАТИЙ ПОТАП ПРОКОФИЙ РАДОВАН РОМАН РУСЛАН
            САВВА САМУИЛ СПАРТАК ТВОРИМИР ФИЛИПП ФОРТУНАТ ФОТИЙ ФРОЛ ЭРНСТ ЮВЕНАЛИЙ ЮЛИЙ ЯНУАРИЙ
            """
        ),
        (
            "uk",
            """
            ЄЛИСАВЕТА ІРИНА АДА АЛІНА АЛЛА АЛЬБІНА АМАЛІЯ АНІТА АНАСТАСІЯ АНЖЕЛА БОГДАННА БОГУСЛАВА ВІКТОРІЯ
            ВІРА ВАСИЛИНА ВОЛОДИМИРА ГАННА ДАННА ДАРИНА ЕМІЛІЯ ЕРІКА ЗЛАТОСЛАВА КАМІЛЛА КЛАВДІЯ ЛІЛІЯ ЛАРИСА
            ЛЮБОВ ЛЮДМИЛА МІЛЕНА МАРʼЯНА МАРІЯ МАРИНА МАРТА МАРУСЯ МИХАЙЛИНА НАТАЛІЯ ОКСЕНІЯ ОЛЕНА ОЛЬГА ОРИНА
            ОРИСЯ ПРІСКА РОЗАЛІЯ РОКСОЛАНА СНІЖАНА СОЛОМІЯ ТЕРЕЗА ТЕТЯНА ЮСТИНА ЯРИНА
            """,
            """
            ЄЛИСЕЙ ЄФРЕМ ІГНАТ АВГУСТИН АЗАР АЛЕВТИН АЛЬБЕРТ АМВРОСІЙ АРТЕМ БОГДАН БОГОДАР БОЛЕСЛАВ БОРИС
            ВʼЯЧЕСЛАВ ВІКТОР ВАРФОЛОМІЙ ВАСИЛЬ ГАВРИЛО ГЛІБ ДЕМИД ЗИНОВІЙ ЙОСИП КЛИМЕНТ КОСТЯНТИН ЛЕВКО ЛЕОН
            ЛЕОНІД ЛЕОНТІЙ МАКАР МАРКО МИРОСЛАВ МИХАЙЛО НАЗАР НЕСТОР ОЛЕГ ОЛЕКСА ОЛЕКСАНДР ОМЕЛЯН РОМАН
            СВЯТОСЛАВ СЕРГІЙ СИМОН СОЛОМОН ТАРАС ТИМОФІЙ УСТИМ ФЕДІР ФРАНЦ ХОМА ЯРОСЛАВ
            """
        ),
        (
            "bg",
            """
            АЕЛА АНИМИРА АНТОАЛИНА БЕЛОМИРА БИЛЕНА БОГОРОДКА БОРЕНА ВЕНИСЛАВА ВИКТОРИЯ ГАЛЕНА ГОЦА ГРАФИЦА
            ДАФИНКА ДЕСИМИЛЯНА ДЖАНА ДИМИТРА ДОСТА ДЮКЯНА ЖАРА ЖЕНИМИРА ЖИВОМИРА ЗАЕКА ИВЕЛИАНА ЙОЛИНА КАДИФЕЙКА
            КРАЛИНА КРЪСТАНКА ЛЕКА ЛОТИ ЛЮЛЯНА ЛЮСИЛА МАДЛЕН МАЛЕНА МАРЛЕНА МИЛАРА МОМЕРА ПЪРВОЛЕТКА РУСАЛИЯ
            СВЕЖА СЛАВКА СМЕХОТЕРАПИЯ СМИРНА СТАВИСАРА ТОЛИАНА ФРОНКА ХАРИТОНИЯ ХРАНИСЛАВА ХРИСТЕЛА ХРИСТИЛИЯНА
            ЦАНЕТА
            """,
            """
            АГНЕШ АЛДИН БОЖИК ВИКЕНТИ ВИНО ВИОЛИН ГЕНЧО ГИКО ДЕСИСЛАВ ДЕСПИНКА ДЕСПОТ ДЕЧО ЕКТОР ЕМИЛИАН ЕРВИН
            ЗЛАТИ ЙОВО ЛАЛКО ЛИПЕ ЛОВЧО МАРАНГОНИ МАРИНЧО МАРКУС МАТЬО НАЙЧО НАРЦИСЛАВ ОКЕАН ОХАНЕС ПЕЙО
            ПЕПИСЛАВ РАЧКО РОБИН РОСЕН ТОНЕ ТОНИ ТОЦО ХЕФЕСТИОН ХРЕЛКО ХРИСТИВИЛИН ХРИСТИЛИАН ХРИСТОСЛАВ ЧОЧО
            ЧУДОМИР ЩЕРИОН ЯЗО ЯКОВ ЯНАДИН ЯНО ЯСЕН ЯСТРЕБ
            """
        ),
        (
            "hy",
            """
            ԱԼՎԱՐԴ ԱՄԱԼՅԱ ԱՆԱՀԻՏ ԱՆԻ ԱՆԻՏԱ ԱՆՆԱ ԱՍՏՂԻԿ ԱՐԱՔՍՅԱ ԱՐՄԵՆՈՒՀԻ ԳԱԲՐԻԵԼԼԱ ԳՈՀԱՐ ԳՐԵՏԱ ԵԼԵՆԱ ԵՎԳԻՆԵ
            ԵՐԱՆՈՒՀԻ ԷԼԵՆ ԷՄԻԼԻԱ ԹԵՀՄԻՆԵ ԹԵՐԵԶԱ ԻՆՆԱ ԼԱՈՒՐԱ ԼԱՐԻՍԱ ԼԵՅԼԱ ԼԵՆԱ ԼԻԶԱ ԼՈՒԻԶԱ ՀԱՅԿՈՒՀԻ ՀԵՐՄԻՆԵ ՄԱԳԴԱ
            ՄԱՐԳԱՐԻՏԱ ՄԱՐԻԱՆՆԱ ՄԱՐԻՆԵ ՄԵԼԻՆԵ ՆԱԶԵԼԻ ՆԱՐԵ ՆԱՐԻՆԵ ՆԵԼԼԻ ՆՎԱՐԴ ՇԱՀԱՆԵ ՇՈՒՇԱՆԻԿ ՋԵՅՆ ՌԵԲԵԿԱ ՌԻՄԱ
            ՍԻԼՎԱ ՍՈՖՅԱ ՍՎԵՏԼԱՆԱ ՎԻՈԼԵՏԱ ՔԻՄ ՔՐԻՍՏԻՆԵ ՖՐԻԴԱ
            """,
            """
            ԱԲՐԱՀԱՄ ԱԶԱՏ ԱՆԴՐԱՆԻԿ ԱՏՈՄ ԱՐԱՄ ԱՐԹՈՒՐ ԱՐՄԵՆ ԱՐՇԱԿ ԱՐՇԱՎԻՐ ԲԱՂԴԱՍԱՐ ԲԱՂՐԱՄ ԲԵՌՆԱՐ ԳԱԼՈՒՍՏ ԳԱՌՆԻԿ
            ԳԱՍՊԱՐ ԳԱՐՐԻ ԳԵՂԱՄ ԳՐԻԳՈՐ ԴԵՐԵՆԻԿ ԵՂԻՇ ԵՐՎԱՆԴ ԹԱԹՈՍ ԼԵՒՈՆ ԽՈՍՐՈՎ ԿԼՈԴ ՄԱՄԻԿՈՆ ՄԵՍՐՈՊ ՄԻՀՐԱՆ ՄՀԵՐ
            ՄՈՒՐԱԴ ՆԱԻՐԻ ՆԵՐՍԵՍ ՆՈՐԱՅՐ ՆՈՒԲԱՐ ՇԱՀԵՆ ՇՄԱՎՈՆ ՊԱՏՎԱԿԱՆ ՋՈՆ ՌՈԲԵՐՏ ՍԵՐԳԵՅ ՍՄԲԱՏ ՍՈՒՐԵՆ ՎԱԶԳԵՆ
            ՎԱԽԹԱՆԳ ՎԱՀԱԳՆ ՎԱՀԵ ՎԱՀՐԱՄ ՑՈԼԱԿ ՓԱՅԼԱԿ ՔՐԻՍՏՈՖԵՐ
            """
        ),
        (
            "ka",
            """
            ანჟელა ასმათ გიული გუგული გულნარა დოდო ევგენია ელენა ელზა ელმირა ვარდო ვენერა ზაირა ზოია თამარა
            თამილა ია იამზე ინგა ირმა ლალი ლამზირა ლარისა ლია ლიდა ლილი მადონა მანანა მარინა მეგი მედეა მერი
            ნადეჯდა ნაზიკო ნათელა ნატალია ნინო ნონა ნორა ნუნუ სალომე სვეტლანა სოფია სოფიკო სოფიო ქეთევან შორენა
            ციალა ციური ჯულიეტა
            """,
            """
            აკაკი ალექს ამირან არჩილ ბესარიონ ბესიკ ბექა ბიძინა ბორის გია გიგა გიგლა გიორგი გოგა გოგიტა გოჩა
            გურამ დავით ელგუჯა ვალერი ვასილ ზაქარია თეიმურაზ თორნიკე იაგო ივანე ილია იოსებ ირაკლი კობა ლაშა
            მალხაზ მინდია მირიან მურმან ნიკა ნიკოლოზ ნოდარ ნუგზარ ომარ როინ რომან სერგო უშანგი უჩა შაქრო ხვიჩა
            ჯემალ ჯონი ჯუმბერ
            """
        ),
    ]
}
