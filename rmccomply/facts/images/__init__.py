"""What the files of an image tell of the systems that will start from it, in its facts and in those of running
systems."""
