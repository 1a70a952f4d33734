"""The figures of the reception: what was taken, how, where and by whom, what was taken back, and how long people waited."""
