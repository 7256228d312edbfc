#!/usr/bin/env python3
"""What stock TensorBoard finds in a folder, as JSON.

    read_events.py FOLDER
"""
import json
import sys

from tensorboard.backend.event_processing import event_accumulator

everything = {event_accumulator.SCALARS: 0, event_accumulator.HISTOGRAMS: 0, event_accumulator.IMAGES: 0, event_accumulator.TENSORS: 0}
events = event_accumulator.EventAccumulator(sys.argv[1], size_guidance=everything)
events.Reload()
tags = events.Tags()
json.dump(
    {
        "scalars": {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in tags["scalars"]},
        "histograms": {
            tag: [
                {"step": e.step, "num": e.histogram_value.num, "limits": list(e.histogram_value.bucket_limit), "counts": list(e.histogram_value.bucket)}
                for e in events.Histograms(tag)
            ]
            for tag in tags["histograms"]
        },
        "images": {
            tag: [
                {"step": e.step, "width": e.width, "height": e.height, "bytes": len(e.encoded_image_string)} for e in events.Images(tag)
            ]
            for tag in tags["images"]
        },
    },
    sys.stdout,
)
