"""What the options say of themselves: apart from the code that reads them, so that help loads none of it."""

BASE_URL = "https://openrouter.ai/api/v1"
BASE_URL_VARIABLE = "OPENROUTER_BASE_URL"
SITE_FILE = "site.toml"
"""The name of the file that is read from the current folder where no other is named."""
