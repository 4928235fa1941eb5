"""Names of people: only where there is little doubt.

`anna.schmidt` is a name because `anna` is a given name and `schmidt` no word of marketing;
`spring.sale`, `hero.banner` and `anna.dress` are not. Given names that are words, brands, months
or places as well (`grace`, `mercedes`, `april`, `paris`) are left out, and `anna-schmidt` and
`anna_schmidt` are names only in a parameter that is for them: dresses and shoes have such names.
`j.smith` and names that are not in the list are found in such parameters only.
"""

from __future__ import annotations

import re

# Our own compilation (2026-11) of common given names of Europe and the Americas; no list was copied.
_GIVEN = frozenset(
    # English, Irish and Scottish
    "aaron abigail adam adrian aidan alan albert alexander alexandra alfred alice alison allison "
    "amanda amelia amy andrea andrew angela anna anne anthony antony arthur ashley audrey barbara "
    "benjamin bernard beth betty beverly brandon brenda brian bridget bruce bryan caitlin callum "
    "cameron camilla carl carla caroline catherine cecilia charles charlotte cheryl chris christina "
    "christine christopher claire clara colin connor craig cynthia daniel danielle darren david "
    "deborah debra denise dennis derek diana diane donald donna dorothy douglas duncan dylan "
    "edmund edward edwin eileen elaine eleanor elizabeth ellen emily emma eric erica ethan eugene "
    "evelyn fiona frances francis frederick gareth gary geoffrey george gerald gillian gordon "
    "graham gregory gwen hannah harold harriet harry hayley heidi helen henry howard hugh ian irene "
    "isaac isabel isabella isabelle jacob jacqueline james jamie jane janet janice jason jeffrey "
    "jennifer jeremy jerry jessica joan joanna joanne joe joel john johnny jonathan joseph joshua "
    "joyce judith julia julian julie justin karen katherine kathleen kathryn katie keith kelly "
    "kenneth kevin kimberly kyle larry laura lauren laurence leah leonard leslie liam linda lisa "
    "logan lois lorraine louis louise lucas lucy luke lynn malcolm marcus margaret maria marie "
    "marilyn marion martha martin mary matthew maureen megan melissa michael michelle mike "
    "mildred monica nancy natalie natasha nathan neil nicholas nicola nicole nigel noah nora norman "
    "oliver olivia oscar owen pamela patricia patrick paul paula peter philip phillip phyllis "
    "rachel ralph raymond rebecca richard rob robert roger ronald rory ross roy russell ruth ryan "
    "sally samantha samuel sandra sara sarah scott sean sebastian shannon sharon sheila shirley "
    "simon sophia sophie stanley stephanie stephen steve steven stewart stuart susan suzanne sylvia "
    "tamara tara teresa terence theresa thomas tim timothy tina todd tom tony tracey tracy trevor "
    "tyler valerie vanessa vera veronica vincent virginia walter wayne wendy william yvonne zachary "
    "zoe "
    # French
    "adele adrien agathe agnes alain alexandre alexis aline amelie anais andre antoine arnaud aude "
    "aurelie aurelien baptiste beatrice benoit bertrand brigitte bruno camille carole cecile cedric "
    "celine chantal charlene chloe christelle christophe clemence clement corinne cyril damien "
    "delphine didier dominique dorothee edouard elise elodie emilie emmanuel emmanuelle estelle "
    "etienne eva fabien fabienne fabrice florent florian francois francoise franck frederic "
    "frederique gabriel gabrielle gael genevieve geoffroy gerard ghislaine gilles gregoire "
    "guillaume guy gwenaelle helene herve hugo ines isabelle jacques jean jeanne jerome jocelyne "
    "julien juliette karine laetitia laurent laurence lea lionel loic luc lucie lucien ludovic "
    "madeleine manon marc marcel margaux martine mathieu mathilde matthieu maurice maxime "
    "melanie michel micheline monique muriel mylene nadine nathalie nicolas noemie odile olivier "
    "pascal pascale patrice philippe pierre quentin raphael regis remi renaud rene robin roland "
    "romain sabine sandrine sebastien serge severine solange sonia stephane sylvain sylvie tanguy "
    "theo therese thibault thierry valentin veronique virginie xavier yann yannick yves yvette "
    # German, Dutch and Nordic
    "achim alexandra andreas anette angelika anja anke annette antje armin astrid axel barbel "
    "bastian beate bernd bernhard bettina birgit birte bjoern bjorn brigitte burkhard carsten "
    "christa claudia claus cornelia dagmar detlef dieter dirk doris eberhard elke erich erika "
    "ernst erwin esther eva felix franz franziska frauke friedrich fritz gabriele georg gerhard "
    "gerd gisela gudrun guenter gunter gustav hanna hannes hans harald hartmut heike heiko heinrich "
    "heinz helga helmut henrik herbert hermann hildegard holger horst hubert ilse inge ingrid irmgard "
    "jakob jana jens joachim jochen johann johanna johannes jonas jorg joerg josef judith juergen "
    "jurgen jutta kai karin karl karsten katharina kathrin katja katrin kerstin kirsten klara klaus "
    "konrad kristin kurt lars lena lothar ludwig lukas lutz manfred manuela marianne marika "
    "markus marlene matthias maximilian meike melanie michaela mirjam monika moritz nadja nils "
    "nina norbert olaf otto peer petra rainer ralf regina reiner reinhard renate roland rolf rosemarie "
    "rudiger rudolf sabine sandra sebastian sibylle siegfried sigrid silke silvia simone sonja "
    "stefan stefanie steffen susanne sven svenja tanja thorsten tobias torsten ulrich ulrike ursula "
    "ute uwe verena volker waltraud werner wilfried wilhelm wolfgang anders annika arne bo bram "
    "daan dirk ebba eirik elin erik femke fleur frida frederik freja geert gijs gunnar gunilla hakan "
    "hendrik henk ingeborg jan jeroen jesper johan joost joris karel kees kjell lieke linnea "
    "maarten magnus malin mats matthijs mette mikael mikkel morten niels nils ola ole oskar per "
    "piet pieter rasmus ruben ruud saskia sander sigurd sjoerd solveig soren stijn svante sverre "
    "thijs tomas torbjorn ulf wouter aino anneli antti eero eino hannu heikki jari jukka juha kari "
    "kimmo lauri marja matti mikko paivi pekka petri pirjo sami seppo tarja timo tuomas ville "
    # Italian, Spanish and Portuguese
    "alberto alejandra alejandro alessandra alessandro alessia alfonso alfredo alicia alvaro ana "
    "andres angelo antonella antonio arturo beatriz bernardo bianca camila carlos carmen caterina "
    "catarina cesar chiara claudio cristian cristiana cristiano cristina daniela daniele dario "
    "davide diego domenico eduardo elena eleonora emanuele emilio enrico enrique ernesto esteban "
    "fabio fabrizio federica federico felipe fernanda fernando filipe filippo francesca francesco "
    "francisco gabriela giacomo gianluca gilberto giorgio giovanna giovanni giulia giuseppe "
    "gonzalo guadalupe guido guilherme gustavo hector henrique hernan ignacio ignazio inaki ines "
    "isabela jaime javier jesus joao joaquin jorge jose josefa juan juana julio laia leonardo leticia "
    "lorena lorenzo luca lucia luciana luciano luigi luis luisa luiz manuel manuela marcela marcelo "
    "marcio marco marcos margarita mariana mariano marina mario marta massimo matteo matteo "
    "mauricio mauro miguel mirko monica nicolo nuno pablo paola paolo patricio paula paulo pedro "
    "pilar rafael ramon raul renata renato ricardo riccardo roberta roberto rocio rodrigo rodolfo "
    "rosario ruben salvatore santiago sara sergio silvana silvio simona sofia stefania stefano "
    "susana teresa thiago tiago tommaso valentina valeria vicente vincenzo vittoria vittorio "
    "xavier ximena yolanda "
    # Polish, Czech, Slovak, Hungarian, Balkan, Greek, Russian, Ukrainian
    "adamczyk agata agnieszka aleksander aleksandra aleksandr alexei alexey anastasia andrei andrey "
    "andrzej ania anatoly bartosz beata bogdan boris bozena branislav cezary danuta darina dimitri "
    "dimitris dmitri dmitry dorota dragan dusan ekaterina elzbieta eszter eva ewa ferenc galina "
    "georgios goran grzegorz gyorgy halina hana igor ilona irena irina istvan ivan ivana iwona "
    "jacek jadwiga jakub jana jaroslav jerzy jiri joanna jolanta jozef justyna kamil katarzyna "
    "kateryna konstantin konstantinos krystyna krzysztof ksenia laszlo leszek ljubica lubos lucyna "
    "ludmila lukasz maciej magdalena malgorzata marek mariusz marzena mateusz maxim mihai mikhail "
    "milan milica milos miroslav mykola nadezhda natalia natalya nikita nikola nikolai nikolay "
    "nikos oksana oleg olena olga oleksandr panagiotis pavel pawel petr piotr radoslav radoslaw "
    "rafal rostislav ryszard sergei sergey serhii slawomir stanislav stanislaw svetlana sylwia "
    "szymon tadeusz tatiana tatyana teodor tetiana tomasz urszula vaclav valentyna vasily vesna "
    "viktor viktoria vladimir vladislav volodymyr vojtech wieslaw wladyslaw wojciech yulia yuri yuriy "
    "zbigniew zdenek zoltan zofia zuzana "
    # Turkish, Arabic, Persian, Hebrew, South and East Asian
    "abdullah ahmad ahmed aicha aisha ali alireza amina amir amit anil anita anjali arjun arun ashok "
    "avi ayse aziz bilal burak chandra cem deepak dina ebru elif emre fatih fatima fatma farid "
    "fatou gita hakim hamid hamza hasan hassan hussein hiroshi huda ibrahim imran isha jamal kamal "
    "karim kavita kenji khadija khaled khalid kiran kumar lakshmi laila leila layla mahmoud malika "
    "manish manoj mariam mehdi mehmet meera mohamed mohammad mohammed mostafa moshe muhammad "
    "murat mustafa nabil nadia neha nasser omar osama osman pooja prakash pradeep priya rachid "
    "rahul rajesh raj rajiv ravi reza sachin said salma samir sanjay sandeep selim selin shreya "
    "sunil suresh sunita takashi tariq usha vijay vikram vishal waleed yasmin yasmine yusuf youssef "
    "yoko yuki zainab zeynep".split()
)

# Words that stand behind a given name in the name of a thing, a file or a host.
_NO_FAMILY = frozenset(
    "com net org info biz html htm php asp aspx jsp json xml pdf jpg jpeg png gif svg webp mp4 zip "
    "css mjs txt csv example test local shop store app dev web site page home index main blog news "
    "newsletter mail email sms push post story stories reel reels video photo image banner hero "
    "header footer button link links cta sale sales offer offers promo deal deals discount coupon "
    "code gift gifts bundle box pack set kit collection edition launch teaser event events webinar "
    "campaign campagne kampagne aktion angebot soldes offre oferta sconto dress dresses skirt shirt "
    "shirts blouse top tops jeans pants trousers shoes shoe boots boot sneaker sneakers sandals heels "
    "bag bags watch ring necklace earrings bracelet coat jacket blazer sweater cardigan hat scarf "
    "sofa chair table lamp bed shelf desk rug kleid schuhe tasche robe chaussures sac summer winter "
    "spring autumn black white red blue green pink grey gold silver beige brown small medium large "
    "men women kids baby girls boys new old test live demo draft final version left right center "
    "desktop mobile tablet ios android profile interview podcast channel influencer creator partner "
    "review tutorial guide day week month year monday friday weekend europe france germany spain "
    "italy usa paris london berlin google facebook instagram tiktok youtube linkedin".split()
)

# Parameters that hold a person's name, whatever it is.
_NAME_KEYS = frozenset(
    "firstname lastname fname lname fullname surname familyname givenname customername contactname "
    "recipientname vorname nachname prenom nomdefamille voornaam achternaam nombrecompleto".split()
)
# Parameters that may hold one: it has to look like it.
_PERSON_KEYS = frozenset(
    "name username user login email mail e to recipient contact customer kunde client member person "
    "nom nome nombre displayname nickname author owner assignee".split()
)

_TWO_WORDS = re.compile(r"([^\W\d_]{2,20})(?:[. ][^\W\d_]{1,12})?([. ])([^\W\d_]{3,20})")
_ANY_WORDS = re.compile(r"([^\W\d_]{1,20})(?:[._ +-][^\W\d_]{1,12})?[._ +-]([^\W\d_]{2,20})")
_NAME = re.compile(r"[^\W\d_][^\W\d_.' -]*(?:[.' -]+[^\W\d_]+)*\.?")
_LONGEST = 60


def is_name(key: str, value: str) -> bool:
    """Tell whether a value, as the whole of a parameter, names a person.

    Args:
        key: The parameter's name in lower case, without separators. Empty: it is a tag's value;
            `/`: it stands in a path, which may well be an author's public page.
        value: What it holds, decoded.
    """
    value = value.strip()
    if key == "/" or not value or len(value) > _LONGEST:
        return False
    if key in _NAME_KEYS:
        return bool(_NAME.fullmatch(value))
    if key in _PERSON_KEYS and is_name_of_person_key(key, value):
        return True
    match = _TWO_WORDS.fullmatch(value)
    if not match or (match[2] == " " and not (match[1].istitle() and match[3].istitle())):
        return False
    return _are_names(match[1], match[3])


def is_name_of_person_key(key: str, value: str) -> bool:
    """Tell whether a parameter such as `name` holds a name: a given name alone, or two words."""
    plain = _plain(value)
    if plain in _GIVEN:
        return True
    match = _ANY_WORDS.fullmatch(value)
    if not match:
        return False
    if key in {"email", "mail", "e", "to"} and "." in value:
        return _plain(match[2]) not in _NO_FAMILY
    return _are_names(match[1], match[2])


def _are_names(first: str, last: str) -> bool:
    """Tell whether a given name stands with what may be a family's, in either order."""
    one, other = _plain(first), _plain(last)
    return (one in _GIVEN and other not in _NO_FAMILY) or (
        other in _GIVEN and one not in _NO_FAMILY and one not in _BEFORE_NAMES
    )


_BEFORE_NAMES = frozenset("saint san santa st sankt the le la dear hello hi by with for von".split())


def _plain(word: str) -> str:
    """Return a word in lower case, without accents."""
    if word.isascii():
        return word.lower()
    import unicodedata  # noqa: PLC0415 - most names are ASCII

    return "".join(
        sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign)
    )
