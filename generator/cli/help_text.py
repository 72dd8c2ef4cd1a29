"""What ``leaderboards --help`` says: apart from the commands, so that it is shown without them."""

EXIT_CODES = """\
Exit codes:
  0  success
  1  a published site could not be read for "verify"; or a bug, with its traceback
  2  usage, environment or configuration error
  3  published, but a dataset is out of date or held back, or something is left out
  4  not published: no data, from the API or in the archive
  5  archive corrupted
  6  not published: checks failed"""

HELP = f"""\
Usage: leaderboards [OPTIONS] COMMAND [ARGS]...

  Build leaderboards from the OpenRouter Data API.

  snapshot stores the API's replies, render makes a site from them, check
  decides whether it may be published. build does all three.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
  build     Snapshot every dataset, render the site, check and publish it.
  check     Check SITE/public: credits, links, syntax, policy, secrets.
  export    Write the whole history as Parquet, one file per dataset and month.
  mirror    Copy the site, its archive and its Parquet tables to a bucket.
  render    Render the site from the archive, check and publish it.
  serve     Preview SITE/public on http://127.0.0.1:PORT/.
  snapshot  Ask the API for the day's data and store it in SITE/data.
  verify    Compare every published file and archived snapshot with its checksum.

{EXIT_CODES}"""
