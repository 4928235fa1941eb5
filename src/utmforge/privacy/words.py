"""Words that identify names and merge tags, and words that exclude them."""

from __future__ import annotations

from utmforge.privacy.keys import words

# Our own compilation (2026-11) of common given names; no list was copied.
GIVEN = words("""
    aaron abigail adam adrian aidan alan albert alexander alexandra alfred alice alison allison
    amanda amelia amy andrea andrew angela anna anne anthony antony arthur ashley audrey barbara
    benjamin bernard beth betty beverly brandon brenda brian bridget bruce bryan caitlin callum
    cameron camilla carl carla caroline catherine cecilia charles charlotte cheryl chris christina
    christine christopher claire clara colin connor craig cynthia daniel danielle darren david
    deborah debra denise dennis derek diana diane donald donna dorothy  duncan dylan edmund
    edward edwin eileen elaine eleanor elizabeth ellen emily emma eric erica ethan eugene evelyn
    fiona frances francis frederick gareth gary geoffrey george gerald gillian gordon graham
    gregory gwen hannah harold harriet harry hayley heidi helen henry howard hugh ian irene isaac
    isabel isabella isabelle jacob jacqueline james jamie jane janet janice jason jeffrey jennifer
    jeremy jerry jessica joan joanna joanne joe joel john johnny jonathan joseph joshua joyce
    judith julia julian julie justin karen katherine kathleen kathryn katie keith kelly kenneth
    kevin kimberly kyle larry laura lauren laurence leah leonard leslie liam linda lisa logan
    louis louise lucas lucy luke lynn malcolm marcus margaret maria marie marilyn marion
    martha martin mary matthew maureen megan melissa michael michelle mike mildred monica nancy
    natalie natasha nathan neil nicholas nicola nicole nigel noah nora norman oliver olivia
    owen pamela patricia patrick paul paula peter philip phillip phyllis rachel ralph raymond
    rebecca richard rob robert roger ronald rory  roy russell ruth ryan sally samantha samuel
    sandra sara sarah scott sean sebastian shannon sharon sheila shirley simon sophia sophie
    stanley stephanie stephen steve steven stewart stuart susan suzanne sylvia tamara tara terence
    teresa theresa thomas tim timothy tina todd tom tony tracey tracy trevor tyler valerie vanessa
    vera veronica vincent  walter wayne wendy william yvonne zachary zoe
    adele adrien agathe agnes alain alexandre alexis aline amelie anais andre antoine arnaud aude
    aurelie aurelien baptiste beatrice benoit bertrand brigitte bruno camille carole cecile cedric
    celine chantal charlene chloe christelle christophe clemence clement corinne cyril damien
    delphine didier dominique dorothee edouard elise elodie emilie emmanuel emmanuelle estelle
    etienne eva fabien fabienne fabrice florent florian franck francois francoise frederic
    frederique gabriel gabrielle gael genevieve geoffroy gerard ghislaine gilles gregoire
    guillaume  gwenaelle helene herve hugo ines isabelle jacques jean jeanne jerome jocelyne
    julien juliette karine laetitia laurence laurent lea lionel loic luc lucie lucien ludovic
    madeleine manon marc marcel margaux martine mathieu mathilde matthieu maurice maxime melanie
    michel micheline monique muriel mylene nadine nathalie nicolas noemie odile olivier pascal
    pascale patrice philippe pierre quentin raphael regis remi renaud rene robin roland romain
    sabine sandrine sebastien serge severine solange sonia stephane sylvain sylvie tanguy theo
    therese thibault thierry valentin veronique virginie xavier yann yannick yves yvette
    achim aino alexandra anders andreas anette angelika anja anke anneli annette annika antje
    antti armin arne astrid axel barbel bastian beate bernd bernhard bettina birgit birte bjoern
    bjorn bo bram brigitte burkhard carsten christa claudia claus cornelia daan dagmar detlef
    dieter dirk doris ebba eberhard eero eino eirik elin elke erich erik erika ernst erwin esther
    eva felix femke fleur franz franziska frauke frederik freja frida friedrich fritz gabriele
    geert georg gerd gerhard gijs gisela gudrun guenter gunilla gunnar gunter gustav hakan hanna
    hannes hannu hans harald hartmut heike heikki heiko heinrich heinz helga helmut hendrik henk
    henrik herbert hermann hildegard holger horst hubert ilse inge ingeborg ingrid irmgard jakob
    jan jana jari jens jeroen jesper joachim jochen joerg johan johann johanna johannes jonas
    joost jorg joris josef judith juergen juha jukka jurgen jutta kai karel kari karin karl
    karsten katharina kathrin katja katrin kees kerstin kimmo kirsten kjell klara klaus konrad
    kristin kurt lars lauri lena lieke linnea lothar ludwig lukas lutz maarten magnus malin
    manfred manuela marianne marika marja markus marlene  matthias matthijs matti maximilian
    meike melanie mette michaela mikael mikkel mikko mirjam monika moritz morten nadja niels nils
    nina norbert  olaf  oskar  paivi peer pekka   petri piet pieter pirjo rainer
    ralf rasmus  reiner reinhard renate roland rolf rosemarie ruben rudiger rudolf ruud
    sabine sami sander sandra saskia sebastian seppo sibylle siegfried sigrid sigurd silke silvia
    simone sjoerd solveig sonja soren stefan stefanie steffen stijn susanne svante sven svenja
    sverre tanja tarja thijs thorsten timo tobias tomas torbjorn torsten tuomas ulf ulrich ulrike
    ursula ute uwe verena  volker waltraud werner wilfried wilhelm wolfgang wouter
    alberto alejandra alejandro alessandra alessandro alessia alfonso alfredo alicia alvaro ana
    andres angelo antonella antonio arturo beatriz bernardo bianca camila carlos carmen catarina
    caterina cesar chiara claudio cristian cristiana cristiano cristina daniela daniele dario
    davide diego domenico eduardo elena eleonora emanuele emilio enrico enrique ernesto esteban
    fabio fabrizio federica federico felipe fernanda fernando filipe filippo francesca francesco
    francisco gabriela giacomo gianluca gilberto giorgio giovanna giovanni giulia giuseppe gonzalo
    guadalupe guido guilherme gustavo hector henrique hernan ignacio ignazio inaki ines isabela
    jaime javier jesus joao joaquin jorge jose josefa juan juana julio laia leonardo leticia
    lorena lorenzo luca lucia luciana luciano  luis luisa luiz manuel manuela marcela marcelo
    marcio marco marcos margarita mariana mariano   marta massimo matteo mauricio mauro
    miguel mirko monica nicolo nuno pablo paola paolo patricio paula paulo pedro pilar rafael
    ramon raul renata renato ricardo riccardo roberta roberto rocio rodolfo rodrigo  ruben
    salvatore  sara sergio silvana silvio simona sofia stefania stefano susana teresa
    thiago tiago tommaso valentina valeria vicente vincenzo vittoria vittorio xavier ximena
    yolanda
    agata agnieszka aleksander aleksandr aleksandra alexei alexey anastasia anatoly
    andrei andrey andrzej ania bartosz beata bogdan boris bozena branislav cezary danuta darina
    dimitri dimitris dmitri dmitry dorota dragan dusan ekaterina elzbieta eszter eva ewa ferenc
    galina georgios goran grzegorz gyorgy halina hana igor ilona irena irina istvan ivan ivana
    iwona jacek jadwiga jakub jana jaroslav jerzy jiri joanna jolanta jozef justyna kamil
    katarzyna kateryna konstantin konstantinos krystyna krzysztof ksenia laszlo leszek ljubica
    lubos lucyna ludmila lukasz maciej magdalena malgorzata marek mariusz marzena mateusz maxim
    mihai mikhail  milica milos miroslav mykola nadezhda natalia natalya nikita nikola
    nikolai nikolay nikos oksana oleg oleksandr olena olga panagiotis pavel pawel petr piotr
    radoslav radoslaw rafal rostislav ryszard sergei sergey serhii slawomir stanislav stanislaw
    svetlana sylwia szymon tadeusz tatiana tatyana teodor tetiana tomasz urszula vaclav valentyna
    vasily vesna viktor viktoria vladimir vladislav vojtech volodymyr wieslaw wladyslaw wojciech
    yulia yuri yuriy zbigniew zdenek zofia zoltan zuzana
    abdullah ahmad ahmed aicha aisha  alireza amina amir amit anil anita anjali arjun arun
    ashok avi ayse aziz bilal burak   deepak dina ebru elif emre farid fatih fatima
    fatma fatou gita hakim hamid hamza hasan hassan hiroshi  hussein ibrahim imran isha jamal
    kamal karim kavita kenji khadija khaled khalid kiran  laila lakshmi layla leila mahmoud
    malika manish manoj mariam meera mehdi mehmet mohamed mohammad mohammed moshe mostafa muhammad
    murat mustafa nabil nadia nasser neha omar osama osman pooja pradeep prakash priya rachid
    rahul raj rajesh rajiv ravi reza sachin  salma samir sandeep sanjay selim selin shreya
    sunil sunita suresh takashi tariq usha vijay vikram vishal waleed yasmin yasmine yoko youssef
    yuki yusuf zainab zeynep
""")

# Words that follow a given name in the name of a product, a file or a host.
NO_FAMILY = words("""
    aktion android angebot app asp aspx autumn baby bag bags banner bed beige berlin biz black
    blazer blog blouse blue boot boots box boys bracelet brown bundle button campagne campaign
    cardigan center chair channel chaussures coat code collection com coupon creator css csv cta
    day deal deals demo desk desktop dev discount draft dress dresses earrings edition email
    europe event events example facebook final footer france friday germany gif gift gifts girls
    gold google green grey guide hat header heels hero home htm html image index influencer info
    instagram interview ios italy jacket jeans jpeg jpg json jsp kampagne kids kit kleid lamp
    large launch left link linkedin links live local london mail main medium men mjs mobile monday
    month mp4 necklace net new news newsletter oferta offer offers offre old org pack page pants
    paris partner pdf photo php pink png podcast post profile promo push red reel reels review
    right ring robe rug sac sale sales sandals scarf schuhe sconto set shelf shirt shirts shoe
    shoes shop silver site skirt small sms sneaker sneakers sofa soldes spain spring store stories
    story summer svg sweater table tablet tasche teaser test tiktok top tops trousers tutorial txt
    usa version video watch web webinar webp week weekend white winter women xml year youtube zip
""")


BEFORE_NAMES = words("""
    by dear for hello hi la le saint san sankt santa st the von with
""")


# Endings of files that have an `@`: `logo@2x.png`, `react@18.js`.
FILES = words("""
    avif css gif htm html ico jpeg jpg js json map mjs mp4 pdf php png svg ts tsx webm webp
""")

# Fields that always hold one person's data, written without separators.
PERSONAL = words("""
    birthdate birthday cellphone clientid contactemail contactid contactkey courriel customeremail
    customerid email emailaddr emailaddress emailhash emailid emailmd5 emailsha emailto emailuid
    euid familyname firstname fname fullname givenname hashedemail lastname leadid lname mail
    mailaddr mailaddress memberid mobile mobilenumber mobilephone msisdn nachname nickname nom
    personid phone phonenumber prenom profileid recipientemail recipientid sms subscriberemail
    subscriberid subscriberkey surname tel telefon telefonnummer telephone to uniqid useremail
    userid vorname
""")

PERSONS = words("""
    buyer client contact customer lead member person profile recipient subscriber user
""")
