"""Who is signed in where: each window tells it every half minute, and hears what it has to know."""
