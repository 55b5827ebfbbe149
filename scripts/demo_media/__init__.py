"""What make_demo_media.py makes the demo's film and sound file with."""
