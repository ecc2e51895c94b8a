"""The application with a forecast due every two seconds.

`LOST_SECONDS` says after how many one that has not ended is made again.
"""

import os
from datetime import timedelta

from jobfair import create_app
from jobfair.ops import own_process
from jobfair.server import forecast_loop
from jobfair.services.fair import forecasts

own_process.MODULE = "tests.support.eager_process"
forecasts.EVERY = timedelta(seconds=2)
if "LOST_SECONDS" in os.environ:
    forecasts.LOST = timedelta(seconds=float(os.environ["LOST_SECONDS"]))
forecast_loop.LOOK_EVERY_SECONDS = 0.2

app = create_app()
