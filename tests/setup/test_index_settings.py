from index_settings import parse_pip_config, uv_variables

LISTING = """\
global.index-url='https://global.example/one'
install.index-url='https://install.example/two'
:env:.extra-index-url='https://a.example/x https://b.example/y'
global.find-links='/opt/a\\n/opt/b'
download.index-url='https://other.example/three'
"""


def test_the_setting_pip_would_use_is_the_one_taken():
    assert parse_pip_config(LISTING)["index-url"] == "https://install.example/two"


def test_the_environment_wins_wherever_it_is_listed():
    listing = ":env:.index-url='https://env.example'\nglobal.index-url='https://global.example'\n"
    assert parse_pip_config(listing) == {"index-url": "https://env.example"}


def test_uv_looks_where_pip_looks():
    added = uv_variables(parse_pip_config(LISTING), {}, config_files=False)
    assert added == {
        "UV_DEFAULT_INDEX": "https://install.example/two",
        "UV_INDEX": "https://a.example/x https://b.example/y",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/opt/a,/opt/b",
    }


def test_an_index_set_for_uv_is_left_alone():
    pip = parse_pip_config(LISTING)
    assert uv_variables(pip, {"UV_INDEX_URL": "https://mine.example"}, config_files=False) == {}
    assert uv_variables(pip, {}, config_files=True) == {}


def test_pips_certificates_serve_unless_others_are_named():
    pip = {"cert": "/etc/ssl/ca.pem"}
    assert uv_variables(pip, {}, config_files=True) == {"SSL_CERT_FILE": "/etc/ssl/ca.pem"}
    assert uv_variables(pip, {"SSL_CERT_FILE": "/mine.pem"}, config_files=True) == {}
