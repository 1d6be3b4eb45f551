-- t1: the chemistry of each sample; t2: which cultivar each sample came from.
select t2.cultivar, t1.*
from t1
join t2 on t1.sample = t2.sample
order by t1.sample;
