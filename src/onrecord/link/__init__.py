"""What lies between articles: copies, stories, speakers, utterances, responses, differences."""
