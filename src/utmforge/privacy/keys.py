"""Names of parameters that hold private data, in lower case and without separators."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


# Parameters whose value is always a person's name.
NAME_KEYS = words("""
    achternaam contactname customername familyname firstname fname fullname givenname lastname
    lname nachname nombrecompleto nomdefamille prenom recipientname surname voornaam vorname
""")

# Parameters that may hold a person's name: the value must look like one.
PERSON_KEYS = words("""
    assignee author client contact customer displayname e email kunde login mail member name
    nickname nom nombre nome owner person recipient to user username
""")

PASSWORD_KEYS = words("""
    contrasena kennwort mdp motdepasse passcode passphrase passwd password passwort pin pwd senha
    userpassword wachtwoord
""")

# Parameters that may hold a token: the value must look like one.
PERHAPS_TOKEN_KEYS = words("""
    auth authkey jsessionid jwt key otp phpsessid sessid session sessionid sid token
""")

TOKEN_KEYS = words("""
    accesstoken apikey apisecret apitoken appsecret authorization authtoken bearer bearertoken
    clientsecret idtoken logintoken magictoken privatekey refreshtoken resettoken secret secretkey
    sessiontoken
""")

PHONE_KEYS = words("""
    cell cellphone gsm handy mobile mobilenumber mobilephone msisdn phone phoneno phonenumber
    portable sms smsnumber tel telefon telefone telefono telephone whatsapp
""")

TELLING_KEYS = (
    NAME_KEYS | PERSON_KEYS | PASSWORD_KEYS | PERHAPS_TOKEN_KEYS | TOKEN_KEYS | PHONE_KEYS
)
